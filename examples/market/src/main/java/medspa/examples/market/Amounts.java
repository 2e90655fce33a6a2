package medspa.examples.market;

import java.util.OptionalLong;

/** Writes ten-thousandths as the vendors do. */
final class Amounts {
  private Amounts() {}

  /** A plain amount such as {@code 12.50}, with four decimals only where there are that many. */
  static String plain(long amount) {
    return decimal(amount, amount % Sales.CENT == 0 ? 2 : 4);
  }

  /** A plain amount, or nothing. */
  static String plain(OptionalLong amount) {
    return amount.isPresent() ? plain(amount.getAsLong()) : "";
  }

  /** A quantity such as {@code 3} or {@code 0.25}. */
  static String number(long quantity) {
    if (quantity % Sales.ONE == 0) {
      return Long.toString(quantity / Sales.ONE);
    }
    return plain(quantity);
  }

  /** A quantity with one decimal at least, such as {@code 1.0}. */
  static String oneDecimal(long quantity) {
    return decimal(quantity, 1);
  }

  /** Dollars such as {@code $1,149.00} or {@code -$3.45}, to the cent. */
  static String dollars(long amount) {
    long cents = Math.abs(amount) / Sales.CENT;
    StringBuilder digits = new StringBuilder(Long.toString(cents / 100));
    for (int i = digits.length() - 3; i > 0; i -= 3) {
      digits.insert(i, ',');
    }
    return (amount < 0 ? "-$" : "$") + digits + "." + padded(cents % 100, 2);
  }

  private static String decimal(long amount, int decimals) {
    long absolute = Math.abs(amount);
    long fraction = absolute % Sales.ONE;
    for (int i = decimals; i < 4; i++) {
      fraction /= 10;
    }
    return (amount < 0 ? "-" : "") + absolute / Sales.ONE + "." + padded(fraction, decimals);
  }

  private static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
