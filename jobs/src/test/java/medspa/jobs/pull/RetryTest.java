package medspa.jobs.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Waits grow, are spread and end; no test waits. */
class RetryTest {
  private final List<Duration> waits = new ArrayList<>();

  private Transport transport(double random) {
    return new Transport(
        waits::add, () -> random, Optional.empty(), Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  @Test
  void waitsDoubleUpToAMinute() {
    assertThatThrownBy(
            () ->
                new Retry(transport(1.0), 9)
                    .run(
                        () -> {
                          throw PullException.unreachable("away");
                        }))
        .isInstanceOf(PullException.class);
    assertThat(waits.stream().map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void waitsAreSpreadOverTheirSecondHalf() {
    assertThatThrownBy(
            () ->
                new Retry(transport(0.5), 3)
                    .run(
                        () -> {
                          throw PullException.unreachable("away");
                        }))
        .isInstanceOf(PullException.class);
    assertThat(waits).containsExactly(Duration.ofMillis(750), Duration.ofMillis(1500));
  }

  @Test
  void onlyWhatMayWorkLaterIsTriedAgain() {
    assertThatThrownBy(
            () ->
                new Retry(transport(1.0), 9)
                    .run(
                        () -> {
                          throw PullException.data("wrong");
                        }))
        .hasMessage("wrong");
    assertThat(waits).isEmpty();
  }

  @Test
  void aDateToComeBackIsComparedWithTheServersOwn() {
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of(
                "Date", List.of("Mon, 08 Jun 2026 06:00:00 GMT"),
                "Retry-After", List.of("Mon, 08 Jun 2026 06:01:30 GMT")),
            (name, value) -> true);
    assertThat(Http.retryAfter(headers)).contains(Duration.ofSeconds(90));
    HttpHeaders nonsense =
        HttpHeaders.of(Map.of("Retry-After", List.of("soon")), (name, value) -> true);
    assertThat(Http.retryAfter(nonsense)).isEmpty();
  }
}
