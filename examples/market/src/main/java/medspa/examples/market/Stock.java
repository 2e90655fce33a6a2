package medspa.examples.market;

import java.util.List;
import java.util.OptionalLong;
import medspa.examples.market.Catalogue.Product;

/** What a location's inventory system knows; quantities and money are ten-thousandths. */
final class Stock {
  private Stock() {}

  /** Why stock moved, in the words of the built-in format. */
  enum MoveKind {
    RECEIPT("receipt"),
    USAGE("usage"),
    SALE("sale"),
    RETURN("return"),
    WASTE("waste"),
    EXPIRED("expired"),
    ADJUSTMENT("adjustment"),
    TRANSFER_IN("transfer_in"),
    TRANSFER_OUT("transfer_out");

    private final String word;

    MoveKind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * A movement of stock; an empty lot is one that nobody noted.
   *
   * @param expiresOn epoch day on which the lot expires
   */
  record Movement(
      String id,
      Product product,
      String lot,
      OptionalLong expiresOn,
      long movedAt,
      MoveKind kind,
      long quantity,
      OptionalLong unitCost,
      OptionalLong freight,
      boolean isExpedited) {}

  /** A count of a product, or of one of its lots. */
  record Count(String id, Product product, String lot, long countedAt, long quantity) {}

  /** Everything a location's inventory system holds, by time. */
  record LocationStock(List<Movement> movements, List<Count> counts) {}
}
