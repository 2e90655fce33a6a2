package medspa.jobs.compute.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import org.junit.jupiter.api.Test;

final class DeliveryWindowsTest {
  private static long day(int day) {
    return LocalDate.of(2026, 3, day).toEpochDay();
  }

  private static Batch batch(long order, Delivery delivery, int firstDay, int lastDay) {
    Window window =
        new Window("austin", LocalDate.of(2026, 3, firstDay), LocalDate.of(2026, 3, lastDay));
    return new Batch(
        order,
        order,
        "file-" + order,
        "schedule",
        "glow",
        "exports/a.csv",
        "",
        "",
        Optional.empty(),
        "medspa",
        delivery,
        Instant.EPOCH,
        0,
        List.of(new TableCounts("appointments", 1, 1, 0, 0, 0, List.of(window))),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void theNewestWindowThatSpansTheDayDecides() {
    DeliveryWindows windows =
        DeliveryWindows.of(
            "appointments",
            List.of(
                batch(1, Delivery.WINDOW, 1, 20),
                batch(5, Delivery.WINDOW, 5, 10),
                batch(3, Delivery.WINDOW, 8, 15)));
    assertThat(windows.deletes("schedule", "austin", day(1), 1)).isFalse();
    assertThat(windows.deletes("schedule", "austin", day(5), 4)).isTrue();
    assertThat(windows.deletes("schedule", "austin", day(10), 4)).isTrue();
    assertThat(windows.deletes("schedule", "austin", day(10), 5)).isFalse();
    assertThat(windows.deletes("schedule", "austin", day(11), 2)).isTrue();
    assertThat(windows.deletes("schedule", "austin", day(11), 3)).isFalse();
    assertThat(windows.deletes("schedule", "austin", day(16), 1)).isFalse();
    assertThat(windows.deletes("schedule", "austin", day(20), 0)).isTrue();
    assertThat(windows.deletes("schedule", "austin", day(21), 0)).isFalse();
    assertThat(windows.deletes("schedule", "austin", day(1) - 1, 0)).isFalse();
  }

  @Test
  void aWindowOfOneDayReplacesThatDay() {
    DeliveryWindows windows =
        DeliveryWindows.of("appointments", List.of(batch(2, Delivery.WINDOW, 5, 5)));
    assertThat(windows.isEmpty()).isFalse();
    assertThat(windows.deletes("schedule", "austin", day(4), 1)).isFalse();
    assertThat(windows.deletes("schedule", "austin", day(5), 1)).isTrue();
    assertThat(windows.deletes("schedule", "austin", day(6), 1)).isFalse();
  }

  @Test
  void otherSourcesLocationsAndTablesAreUntouched() {
    DeliveryWindows windows =
        DeliveryWindows.of("appointments", List.of(batch(2, Delivery.WINDOW, 1, 20)));
    assertThat(windows.deletes("schedule", "austin", day(5), 1)).isTrue();
    assertThat(windows.deletes("web", "austin", day(5), 1)).isFalse();
    assertThat(windows.deletes("schedule", "dallas", day(5), 1)).isFalse();
    assertThat(DeliveryWindows.of("shifts", List.of(batch(2, Delivery.WINDOW, 1, 20))).isEmpty())
        .isTrue();
  }

  @Test
  void onlyWindowDeliveriesReplace() {
    assertThat(
            DeliveryWindows.of(
                    "appointments",
                    List.of(batch(2, Delivery.UPSERT, 1, 20), batch(3, Delivery.APPEND, 1, 20)))
                .isEmpty())
        .isTrue();
  }
}
