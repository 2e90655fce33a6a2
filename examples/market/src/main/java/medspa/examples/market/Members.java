package medspa.examples.market;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import medspa.examples.market.Sales.Line;
import medspa.examples.market.Sales.Receipt;
import medspa.examples.market.Sales.SaleKind;

/**
 * The memberships of one location, as its club's dues on receipts tell them: some are paused for a
 * while, some end a month after the last dues, some are past due.
 */
final class Members {
  /** Every so many clients are members, so that these remainders are spread over the members. */
  private static final int SPREAD = 23;

  private static final int KINDS = 5;
  private static final int DAYS_TO_PAUSE = 40;
  private static final int DAYS_OF_PAUSE = 20;
  private static final int DAYS_PAID = 30;

  private Members() {}

  /**
   * A membership on the day of an export.
   *
   * @param startedAt wall time of the first dues
   * @param price in ten-thousandths of a dollar
   */
  record Membership(
      int client,
      String status,
      long startedAt,
      Optional<LocalDate> pausedOn,
      Optional<LocalDate> resumesOn,
      Optional<LocalDate> endedOn,
      long price) {}

  /** What an export of that morning says, by client. */
  static List<Membership> of(List<Receipt> receipts, LocalDate exportedOn) {
    Map<Integer, List<Receipt>> dues = new TreeMap<>();
    for (Receipt receipt : receipts) {
      if (!receipt.isRefund() && receipt.client() >= 0 && price(receipt) > 0) {
        dues.computeIfAbsent(receipt.client(), client -> new ArrayList<>()).add(receipt);
      }
    }
    List<Membership> members = new ArrayList<>();
    dues.forEach(
        (client, paid) -> {
          if (paid.get(0).soldAt() < WallTime.startOf(exportedOn)) {
            members.add(membership(client, paid, exportedOn));
          }
        });
    return members;
  }

  private static Membership membership(int client, List<Receipt> paid, LocalDate exportedOn) {
    Receipt first = paid.get(0);
    LocalDate begun = WallTime.date(first.soldAt());
    LocalDate lapses = WallTime.date(paid.get(paid.size() - 1).soldAt()).plusDays(DAYS_PAID);
    int kind = client / SPREAD % KINDS;
    Optional<LocalDate> ended =
        Optional.of(lapses).filter(day -> kind == 3 && day.isBefore(exportedOn));
    Optional<LocalDate> paused =
        Optional.of(begun.plusDays(DAYS_TO_PAUSE))
            .filter(day -> kind == 1 && day.isBefore(exportedOn));
    Optional<LocalDate> resumes = paused.map(day -> day.plusDays(DAYS_OF_PAUSE));
    String status = kind == 4 ? "past_due" : "active";
    if (ended.isPresent()) {
      status = "cancelled";
    } else if (resumes.filter(day -> day.isAfter(exportedOn)).isPresent()) {
      status = "paused";
    }
    return new Membership(client, status, first.soldAt(), paused, resumes, ended, price(first));
  }

  private static long price(Receipt receipt) {
    return receipt.lines().stream()
        .filter(line -> line.kind() == SaleKind.MEMBERSHIP)
        .mapToLong(Line::net)
        .sum();
  }
}
