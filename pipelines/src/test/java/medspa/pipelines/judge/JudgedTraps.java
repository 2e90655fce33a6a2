package medspa.pipelines.judge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.stream.Stream;

/**
 * Rows that a tiny market is too small to have, each for one rule, beside the generated exports.
 */
final class JudgedTraps {
  private final Path exports;
  private final LocalDate until;

  private JudgedTraps(Path exports, LocalDate until) {
    this.exports = exports;
    this.until = until;
  }

  /**
   * Adds them to the exports of a tiny market.
   *
   * @param until the day after the market's last one
   */
  static void addTo(Path workspace, LocalDate until, DayOfWeek weekStartsOn) throws IOException {
    JudgedTraps traps = new JudgedTraps(workspace.resolve("exports"), until);
    traps.visits();
    traps.aClass();
    traps.aRoomThatIsNoneForTreatments();
    traps.stock(weekStartsOn);
  }

  /**
   * One visit from Friday to Monday, whatever day a week begins on, and two clients on one day whom
   * nobody knows.
   */
  private void visits() throws IOException {
    LocalDate friday = until.minusWeeks(8).with(TemporalAdjusters.previousOrSame(DayOfWeek.FRIDAY));
    write(
        "aurora/appointments-traps.csv",
        """
        appointment_id,location_id,visit_id,client_id,provider_id,start_at,end_at,status
        TRAP1,aurora-honolulu,TRAP,TRAP,P1,%1$sT19:00,%1$sT19:30,completed
        TRAP2,aurora-honolulu,TRAP,TRAP,P1,%2$sT19:00,%2$sT19:30,completed
        TRAP3,aurora-honolulu,,,P1,%1$sT20:00,%1$sT20:30,completed
        TRAP4,aurora-honolulu,,,P1,%1$sT21:00,%1$sT21:30,no_show
        """
            .formatted(friday, friday.plusDays(3)));
  }

  /** A class of four, one of whom is late, beside appointments of its provider and in its room. */
  private void aClass() throws IOException {
    LocalDate day = until.minusWeeks(7);
    write(
        "aurora/appointments-classes.csv",
        """
        appointment_id,location_id,client_id,provider_id,room_id,class_id,start_at,end_at,status
        CLASS1,aurora-honolulu,TRAP1,TEACHER,HALL,YOGA,%1$sT21:00,%1$sT22:00,completed
        CLASS2,aurora-honolulu,TRAP2,TEACHER,HALL,YOGA,%1$sT21:00,%1$sT22:00,no_show
        CLASS3,aurora-honolulu,TRAP3,TEACHER,HALL,YOGA,%1$sT21:00,%1$sT22:00,cancelled
        CLASS4,aurora-honolulu,TRAP4,TEACHER,HALL,YOGA,%1$sT21:30,%1$sT22:30,completed
        CLASS5,aurora-honolulu,TRAP5,TEACHER,,,%1$sT21:45,%1$sT22:15,completed
        CLASS6,aurora-honolulu,TRAP6,P1,HALL,,%1$sT22:15,%1$sT22:45,completed
        """
            .formatted(day));
  }

  private void aRoomThatIsNoneForTreatments() throws IOException {
    try (Stream<Path> files = Files.list(exports.resolve("magnolia"))) {
      Path rooms =
          files
              .filter(f -> f.getFileName().toString().startsWith("rooms-"))
              .findFirst()
              .orElseThrow();
      Files.writeString(
          rooms,
          Files.readString(rooms).stripTrailing() + "\nOFFICE,magnolia-nashville,Office,office\n");
    }
  }

  private void stock(DayOfWeek weekStartsOn) throws IOException {
    // The history of stock begins with a week, so that four weeks later it is 28 days long.
    LocalDate first = until.minusWeeks(18).with(TemporalAdjusters.previousOrSame(weekStartsOn));
    LocalDate day = until.minusWeeks(17);
    StringBuilder rows =
        new StringBuilder(
            "movement_id,location_id,product_id,lot,expires_on,moved_at,kind,quantity,unit_cost\n");
    row(rows, "FORGOTTEN,,", first, "receipt,5,2.00");
    // Used up, and not asked for in the last weeks.
    row(rows, "FORGOTTEN,,", first.plusDays(1), "usage,-5,");
    // More is used than there is, until more comes.
    row(rows, "BORROWED,,", day, "receipt,1,5.00");
    row(rows, "BORROWED,,", day.plusDays(1), "usage,-3,");
    row(rows, "BORROWED,,", day.plusDays(10), "receipt,10,5.00");
    // A lot is on hand and has expired; what was used of it cost more than the mean.
    row(rows, "STALE,S1," + day.plusDays(9), day, "receipt,5,4.00");
    row(rows, "STALE,S1," + day.plusDays(9), day.plusDays(1), "usage,-1,4.50");
    // A lot that never came in was in the stock without a lot; the other one expires on the shelf.
    row(rows, "MIXED,,", day, "receipt,3,6.00");
    row(rows, "MIXED,M1," + day.plusDays(9), day, "receipt,5,6.00");
    row(rows, "MIXED,N1,", day.plusDays(1), "usage,-3,");
    // Counted in packs of a hundred, and a day later in units.
    row(rows, "PACKED,,", day, "receipt,500,6.00");
    row(rows, "PACKED,,", day.plusDays(1), "usage,-40,");
    write(
        "magnolia/stock_counts-traps.csv",
        """
        count_id,location_id,product_id,counted_at,quantity
        PACKS,magnolia-nashville,PACKED,%sT18:00,4.2
        UNITS,magnolia-nashville,PACKED,%sT18:00,455
        """
            .formatted(day.plusDays(5), day.plusDays(6)));
    write("magnolia/stock_movements-traps.csv", rows.toString());
  }

  private static void row(StringBuilder rows, String product, LocalDate day, String what) {
    rows.append(
        "TRAP%d,magnolia-nashville,%s,%sT10:00,%s\n".formatted(rows.length(), product, day, what));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(exports.resolve(file), text);
  }
}
