package medspa.charts.workbook;

import medspa.charts.document.Value.Amount;

/** How a spreadsheet writes amounts of each unit; the value keeps all its digits. */
final class Formats {
  static final String DAY = "yyyy-mm-dd";
  static final String MOMENT = "yyyy-mm-dd hh:mm:ss";

  /** A share below this would round to nothing. */
  private static final double SMALL = 0.01;

  private static final double SMALLEST = 0.0001;

  private Formats() {}

  /**
   * The format of an amount.
   *
   * @param currency the sign of money
   */
  static String of(Amount amount, String currency) {
    return switch (amount.unit()) {
      case PERCENT -> share(amount);
      case MONEY -> money(currency);
      case MONEY_PER_HOUR -> money(currency) + "\"/h\"";
      case TIMES_PER_YEAR -> "#,##0.0\"×\"";
      case DAYS, HOURS, MINUTES, PER_HUNDRED -> "#,##0.0";
      case COUNT -> isWhole(amount) ? "#,##0" : "#,##0.00";
      case RATIO -> "0.00";
    };
  }

  private static String share(Amount amount) {
    double share = Math.abs(amount.number().doubleValue());
    if (share == 0 || share >= SMALL) {
      return "0.0%";
    }
    return share >= SMALLEST ? "0.00%" : "0.0000%";
  }

  private static String money(String currency) {
    String sign = currency.replace("\"", "").replace("\\", "");
    return sign.isEmpty() ? "#,##0.00" : "\"" + sign + "\"#,##0.00";
  }

  private static boolean isWhole(Amount amount) {
    return amount.number().signum() == 0 || amount.number().stripTrailingZeros().scale() <= 0;
  }
}
