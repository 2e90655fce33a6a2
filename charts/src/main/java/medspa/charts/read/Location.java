package medspa.charts.read;

import java.time.LocalDate;
import java.util.Optional;

/** One location of a practice. */
public record Location(
    String practiceId, String id, String name, String timeZone, Optional<LocalDate> openedOn) {}
