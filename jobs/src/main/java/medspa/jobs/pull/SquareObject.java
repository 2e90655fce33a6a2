package medspa.jobs.pull;

import java.util.Arrays;
import java.util.Optional;

/**
 * A kind of object of the Square API: where its list is, and how it is asked for. Page sizes are
 * the largest that the API's reference allows.
 */
public enum SquareObject {
  /** ListBookings: one location, at most 31 days of start times. */
  BOOKINGS("bookings", "/v2/bookings", "bookings", 14),
  /** SearchOrders: at most ten locations, by last change. */
  ORDERS("orders", "/v2/orders/search", "orders", 1),
  /** ListPayments: one location, by last change. */
  PAYMENTS("payments", "/v2/payments", "payments", 1),
  /** ListPaymentRefunds: one location, by last change. */
  REFUNDS("refunds", "/v2/refunds", "refunds", 1),
  /** BatchRetrieveInventoryCounts: what is in stock, by last change. */
  INVENTORY_COUNTS("inventory-counts", "/v2/inventory/counts/batch-retrieve", "counts", 1),
  /** ListCatalog: all items and categories. */
  CATALOG("catalog", "/v2/catalog/list", "objects", 0),
  /** SearchTeamMembers: all of them. */
  TEAM_MEMBERS("team-members", "/v2/team-members/search", "team_members", 0);

  private final String id;
  private final String path;
  private final String list;
  private final int overlapDays;

  SquareObject(String id, String path, String list, int overlapDays) {
    this.id = id;
    this.path = path;
    this.list = list;
    this.overlapDays = overlapDays;
  }

  /** The kind by its name in a configuration, such as {@code orders}. */
  public static Optional<SquareObject> find(String id) {
    return Arrays.stream(values()).filter(object -> object.id.equals(id)).findFirst();
  }

  /** Its name in a configuration. */
  public String id() {
    return id;
  }

  /** Whether it is asked for by location and time, rather than as a whole. */
  public boolean isByTime() {
    return overlapDays > 0;
  }

  /** How many days a pull reaches back behind the one before, unless the source says. */
  public int overlapDays() {
    return overlapDays;
  }

  String path() {
    return path;
  }

  /** The property of an answer that holds the objects. */
  String list() {
    return list;
  }
}
