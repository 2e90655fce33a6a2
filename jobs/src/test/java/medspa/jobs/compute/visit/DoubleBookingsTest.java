package medspa.jobs.compute.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import medspa.jobs.compute.Results;
import medspa.jobs.compute.TestBatch;
import medspa.jobs.compute.TestLake;
import medspa.jobs.compute.TestMarket;
import medspa.jobs.compute.visit.DoubleBookings.Booked;
import medspa.warehouse.lake.Batch.Delivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoubleBookingsTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  @TempDir Path directory;

  private static Booked booked(long start, long end) {
    return new Booked(start, end, MONDAY.plusDays(start / 24), null, null, null);
  }

  private static Map<LocalDate, Integer> pairs(Booked... rows) {
    return DoubleBookings.pairs(Arrays.asList(rows));
  }

  @Test
  void oneThatBeginsWhenTheOtherEndsDoesNotOverlap() {
    assertThat(pairs(booked(9, 10), booked(10, 11))).isEmpty();
    assertThat(pairs(booked(9, 11), booked(10, 12))).isEqualTo(Map.of(MONDAY, 1));
  }

  @Test
  void everyPairCountsAlsoOfTwoThatBeginTogether() {
    assertThat(pairs(booked(9, 12), booked(9, 12), booked(11, 13))).isEqualTo(Map.of(MONDAY, 3));
    // The long one holds all day, though a short one in between has ended.
    assertThat(pairs(booked(9, 20), booked(9, 10), booked(15, 16))).isEqualTo(Map.of(MONDAY, 2));
  }

  @Test
  void aPairBelongsToTheDayOfItsLaterStartInWhateverOrderTheyCome() {
    assertThat(pairs(booked(25, 26), booked(23, 27))).isEqualTo(Map.of(MONDAY.plusDays(1), 1));
  }

  @Test
  void rowsThatAreCountedElsewhereMakeNoPair() {
    Booked ann = new Booked(9, 11, MONDAY, "ann", null, null);
    Booked bea = new Booked(10, 12, MONDAY, "bea", null, null);
    Booked nobody = new Booked(10, 12, MONDAY, null, null, null);

    assertThat(pairs(ann, new Booked(10, 12, MONDAY, "ann", null, null))).isEmpty();
    assertThat(pairs(ann, bea)).isEqualTo(Map.of(MONDAY, 1));
    assertThat(pairs(ann, nobody)).isEqualTo(Map.of(MONDAY, 1));
    assertThat(pairs(nobody, nobody)).isEqualTo(Map.of(MONDAY, 1));
  }

  private static Booked inClass(long start, long end, String classId, String room) {
    return new Booked(start, end, MONDAY, null, classId, room);
  }

  @Test
  void theRowsOfOneClassAreOneUse() {
    Booked one = inClass(9, 10, "yoga", "hall");

    assertThat(pairs(one, one, one, one, one)).isEmpty();
    assertThat(pairs(one, one, one, booked(9, 10))).isEqualTo(Map.of(MONDAY, 1));
    // Who comes late to the class makes it last as long.
    assertThat(pairs(one, inClass(9, 12, "yoga", "hall"), booked(11, 12)))
        .isEqualTo(Map.of(MONDAY, 1));
    assertThat(pairs(one, inClass(9, 10, "pilates", "hall"))).isEqualTo(Map.of(MONDAY, 1));
  }

  @Test
  void aClassThatIsHeldAgainOnTheSameDayIsAnotherUse() {
    assertThat(
            pairs(inClass(9, 10, "yoga", "hall"), inClass(12, 13, "yoga", "hall"), booked(10, 12)))
        .isEmpty();
  }

  @Test
  void aClassInTwoRoomsIsAUseOfEachAndNoPairWithItself() {
    Booked hall = inClass(9, 10, "yoga", "hall");
    Booked annex = inClass(9, 10, "yoga", "annex");

    assertThat(pairs(hall, annex)).isEmpty();
    assertThat(pairs(hall, annex, booked(9, 10))).isEqualTo(Map.of(MONDAY, 2));
  }

  @Test
  void pairsOfOneProviderOrOneRoomAtOneLocationAreCountedOnce() {
    TestLake lake =
        new TestLake(
            directory,
            new TestMarket()
                .location("glow", "here")
                .location("glow", "there")
                .location("other", "twin")
                .build());
    TestBatch batch = lake.batch(Delivery.UPSERT);
    List<String> rows =
        List.of(
            // a and b share provider and room: one pair. c shares the room with both, e the
            // provider.
            "here a provider_id=p room_id=1 status=completed 10:00 11:00",
            "here b provider_id=p room_id=1 status=no_show 10:30 11:30",
            "here c provider_id=q room_id=1 status=booked 10:45 11:15",
            "here e provider_id=p room_id=2 status=confirmed 11:15 12:00",
            // Neither cancelled nor deleted ones count, nor those without provider and room.
            "here f provider_id=p room_id=1 status=cancelled 10:00 12:00",
            "here g provider_id=p room_id=1 status=deleted 10:00 12:00",
            "here h status=completed 10:00 12:00",
            "here i status=completed 10:00 12:00",
            // A class is one use: it makes one pair with another appointment of its provider, and
            // one
            // with another in its room.
            "here k provider_id=t room_id=5 class_id=yoga status=completed 14:00 15:00",
            "here l provider_id=t room_id=5 class_id=yoga status=no_show 14:00 15:00",
            "here m provider_id=t room_id=5 class_id=yoga status=booked 14:00 15:00",
            "here n provider_id=t room_id=6 status=booked 14:30 15:30",
            "here o provider_id=u room_id=5 status=booked 14:30 15:30",
            // The same provider elsewhere, and the same names in another practice.
            "there a provider_id=p room_id=1 status=completed 10:00 11:00",
            "twin a provider_id=p room_id=1 status=completed 10:00 11:00");
    for (String row : rows) {
      String[] parts = row.split(" ");
      int last = parts.length - 1;
      batch.row(
          "appointments",
          "location_id="
              + parts[0]
              + " appointment_id="
              + parts[1]
              + " "
              + String.join(" ", Arrays.copyOfRange(parts, 2, last - 1))
              + " start_at=2026-03-03T"
              + parts[last - 1]
              + " end_at=2026-03-03T"
              + parts[last]);
    }
    batch.write();
    Results results = lake.compute("2026-03-09");

    // Provider p: a–b, b–e; room 1: a–c, b–c; the class: with n, with o.
    assertThat(results.measures("here"))
        .containsEntry("double_bookings", "6")
        .containsEntry("rows_booked", "11");
    assertThat(results.measures("here", "t")).containsEntry("double_bookings", "1");
    assertThat(results.measures("here", "p"))
        .containsEntry("double_bookings", "2")
        .containsEntry("rows_booked", "3");
    assertThat(results.measures("here", "q")).doesNotContainKey("double_bookings");
    assertThat(results.measures("there")).doesNotContainKey("double_bookings");
    assertThat(results.measures("twin")).doesNotContainKey("double_bookings");
  }
}
