package medspa.examples.market;

import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.Schedule.Booking;
import medspa.examples.market.Schedule.Channel;
import medspa.examples.market.Schedule.Outcome;

/**
 * Writes a location's schedule as Acuity exports it: no status, cancelled rows simply absent, a
 * calendar per provider.
 */
final class AcuityFormat {
  static final String EXPORT = "acuity-appointments";

  private static final List<String> HEADER =
      List.of(
          "Start Time",
          "End Time",
          "Timezone",
          "First Name",
          "Last Name",
          "Phone",
          "Email",
          "Type",
          "Calendar",
          "Appointment Price",
          "Paid?",
          "Amount Paid Online",
          "Certificate Code",
          "Notes",
          "Date Scheduled",
          "Label",
          "Scheduled By",
          "Date Rescheduled",
          "Appointment ID");

  private final Practice practice;
  private final Location location;
  private final Exports exports;

  AcuityFormat(Practice practice, Location location, Exports exports) {
    this.practice = practice;
    this.location = location;
    this.exports = exports;
  }

  void schedule(List<Booking> bookings, Delivery delivery) throws IOException {
    long now = delivery.time();
    exports.write(
        location.slug() + "/schedule-" + delivery.exportedOn() + ".csv",
        EXPORT,
        delivery.exportedOn(),
        QuoteStrategies.ALWAYS,
        HEADER,
        rows -> {
          for (Booking booking : bookings) {
            boolean isGone =
                booking.isSettledAsOf(now)
                    && (booking.outcome() == Outcome.CANCELLED
                        || booking.outcome() == Outcome.DELETED);
            if (!isGone
                && booking.bookedAt() < now
                && delivery.coversAppointment(booking.startAsOf(now))) {
              row(booking, now, rows);
            }
          }
        });
  }

  private void row(Booking booking, long now, Exports.Rows rows) throws IOException {
    ClientContact contact = ClientContact.of(practice.id(), booking.client());
    long start = booking.startAsOf(now);
    long price =
        Math.round(booking.service().price() * practice.priceLevel()) * booking.units() * Sales.ONE;
    boolean isPaid = booking.isSettledAsOf(now) && booking.outcome().isAttended() && price > 0;
    boolean isPaidOnline = isPaid && booking.number() % 29 == 0;
    rows.row(
        time(start),
        time(start + booking.minutes()),
        location.zone().getId(),
        booking.client() < 0 ? "" : contact.firstName(),
        booking.client() < 0 ? "" : contact.lastName(),
        booking.client() < 0 ? "" : "'" + contact.phone(),
        booking.client() < 0 ? "" : contact.email(),
        booking.service().name(),
        booking.provider().name(),
        Amounts.plain(price),
        isPaid ? "yes" : "no",
        isPaidOnline ? Amounts.plain(price) : "0.00",
        "",
        "",
        WallTime.date(booking.bookedAt()).toString(),
        "",
        scheduledBy(booking, contact),
        booking.movedAt() <= now ? WallTime.date(booking.movedAt()).toString() : "",
        Integer.toString(410_000_000 + location.index() * 10_000_000 + booking.number()));
  }

  private static String scheduledBy(Booking booking, ClientContact contact) {
    if (booking.channel() == Channel.ONLINE) {
      return "a client ";
    }
    return booking.channel() == Channel.APP
        ? contact.email() + " via Mobile App"
        : "frontdesk@example.com";
  }

  /** Long American form: {@code June 1, 2026 9:00 am}. */
  private static String time(long time) {
    LocalDate date = WallTime.date(time);
    int minute = WallTime.minuteOfDay(time);
    int hour = minute / WallTime.HOUR;
    String month = date.getMonth().getDisplayName(TextStyle.FULL, Locale.US);
    int minutes = minute % WallTime.HOUR;
    return month
        + " "
        + date.getDayOfMonth()
        + ", "
        + date.getYear()
        + " "
        + (hour % 12 == 0 ? 12 : hour % 12)
        + (minutes < 10 ? ":0" : ":")
        + minutes
        + (hour < 12 ? " am" : " pm");
  }
}
