package medspa.jobs.compute.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.jobs.compute.client.ClientHistory.Booking;
import medspa.jobs.compute.client.ClientHistory.Matured;
import medspa.jobs.compute.client.ClientHistory.Visit;
import org.junit.jupiter.api.Test;

final class ClientHistoryTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 3);
  private static final long END = 1_000;

  private static Visit visit(String location, String key, int day) {
    return new Visit(true, location, key, DAY.plusDays(day));
  }

  private static Booking attended(String location, String key, int day, long start) {
    return new Booking(location, key, DAY.plusDays(day), start, Optional.empty(), true);
  }

  private static Booking bookedAt(int day, long bookedAt) {
    return new Booking("b", "x", DAY.plusDays(day), 0, Optional.of(bookedAt), false);
  }

  private static ClientHistory bookings(Booking... bookings) {
    return new ClientHistory(List.of(), List.of(bookings), Optional.empty());
  }

  private static boolean isRebooked(Booking... bookings) {
    return bookings(bookings).isRebooked(visit("a", "v", 0), END);
  }

  @Test
  void aLaterDayBookedBeforeTheDayEndedIsARebooking() {
    assertThat(isRebooked(bookedAt(1, END - 1))).isTrue();
    assertThat(isRebooked(bookedAt(1, END))).isFalse();
    assertThat(isRebooked(bookedAt(0, END - 1))).isFalse();
    assertThat(isRebooked(bookedAt(-1, END - 1))).isFalse();
    assertThat(isRebooked()).isFalse();
  }

  @Test
  void anyLaterAppointmentMayBeTheOneThatWasBookedInTime() {
    assertThat(isRebooked(bookedAt(1, END + 5), bookedAt(200, END - 1))).isTrue();
    assertThat(isRebooked(bookedAt(1, END - 1), bookedAt(200, END + 5))).isTrue();
    assertThat(isRebooked(bookedAt(0, END - 1), bookedAt(1, END + 5))).isFalse();
  }

  @Test
  void anAppointmentWithoutItsTimeOfBookingIsNoRebooking() {
    assertThat(isRebooked(attended("b", "x", 1, 50))).isFalse();
  }

  @Test
  void theVisitWithTheEarliestAttendedStartIsTheNewOne() {
    ClientHistory history =
        bookings(
            attended("a", "v1", 5, 500),
            attended("b", "v1", 0, 100),
            new Booking("a", "missed", DAY.minusDays(9), 1, Optional.empty(), false));

    assertThat(history.isNew(visit("b", "v1", 0))).isTrue();
    assertThat(history.isNew(visit("a", "v1", 5))).isFalse();
    assertThat(history.isNew(visit("a", "missed", -9))).isFalse();
  }

  @Test
  void aClientWhomThePracticeSawOnAnEarlierDayIsNotNew() {
    List<Booking> rows = List.of(attended("a", "v", 0, 100));
    Visit visit = visit("a", "v", 0);

    for (int day : new int[] {0, 1, 30}) {
      assertThat(
              new ClientHistory(List.of(visit), rows, Optional.of(DAY.plusDays(day))).isNew(visit))
          .isTrue();
    }
    assertThat(new ClientHistory(List.of(visit), rows, Optional.of(DAY.minusDays(1))).isNew(visit))
        .isFalse();
  }

  private static Optional<Matured> matured(int... laterDays) {
    List<Visit> visits = new java.util.ArrayList<>(List.of(visit("a", "v", 0)));
    for (int day : laterDays) {
      visits.add(visit("b", "later" + day, day));
    }
    return new ClientHistory(visits, List.of(attended("a", "v", 0, 100)), Optional.empty())
        .matured();
  }

  @Test
  void aClientReturnsOnALaterDayUpToTheNinetieth() {
    assertThat(matured()).contains(new Matured("a", DAY.plusDays(90), false));
    assertThat(matured(0)).contains(new Matured("a", DAY.plusDays(90), false));
    assertThat(matured(1)).contains(new Matured("a", DAY.plusDays(90), true));
    assertThat(matured(90)).contains(new Matured("a", DAY.plusDays(90), true));
    assertThat(matured(91)).contains(new Matured("a", DAY.plusDays(90), false));
  }

  @Test
  void aProvidersPartOfTheVisitIsNoVisitToComeBackFor() {
    Visit part = new Visit(false, "a", "later", DAY.plusDays(5));
    ClientHistory history =
        new ClientHistory(
            List.of(visit("a", "v", 0), part),
            List.of(attended("a", "v", 0, 100)),
            Optional.empty());

    assertThat(history.matured()).contains(new Matured("a", DAY.plusDays(90), false));
  }

  @Test
  void ofTwoVisitsOnTheFirstDayTheOneThatStartedFirstMatures() {
    ClientHistory history =
        new ClientHistory(
            List.of(visit("a", "second", 0), visit("b", "first", 0)),
            List.of(attended("a", "second", 0, 200), attended("b", "first", 0, 100)),
            Optional.empty());

    assertThat(history.matured()).contains(new Matured("b", DAY.plusDays(90), false));
  }

  @Test
  void whoNeverCameHasNoFirstVisit() {
    assertThat(bookings(bookedAt(1, 5)).matured()).isEmpty();
  }
}
