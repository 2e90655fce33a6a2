package medspa.jobs.compute.room;

import java.util.List;
import java.util.Map;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Reach;

/** The time of rooms as a source of measures; {@link RoomTime} measures it. */
public final class RoomMeasures implements MeasureSource {
  @Override
  public String family() {
    return "room_time";
  }

  /** An appointment can be the location's first, or name a room that is open from then on. */
  @Override
  public Map<String, Reach> reach() {
    return Map.of(
        "appointments", Reach.LOCATION, "services", Reach.PRACTICE, "rooms", Reach.LOCATION);
  }

  @Override
  public List<Measured> measured(MeasureInputs in) {
    return RoomTime.measures(in);
  }
}
