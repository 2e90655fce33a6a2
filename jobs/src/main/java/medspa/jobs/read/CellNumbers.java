package medspa.jobs.read;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;

/**
 * The number cells of a workbook as text that no locale and no column width has touched: plain
 * digits; a date as {@code 2026-03-09} or {@code 2026-03-09 14:30:00}; a time as {@code 14:30:00};
 * a duration as {@code 26:30:00}; a share as {@code 15%}; a code that is shown with leading zeros
 * with them. More digits than a workbook keeps: see {@link LongNumber}.
 */
final class CellNumbers {
  private static final LocalDateTime EPOCH = LocalDate.of(1899, 12, 30).atStartOfDay();
  private static final LocalDateTime EPOCH_1904 = LocalDate.of(1904, 1, 1).atStartOfDay();
  private static final double LAST_DAY = 2_958_466;
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** What a format shows literally: in quotes, behind a backslash, or colours and locales. */
  private static final Pattern LITERAL =
      Pattern.compile("\"[^\"]*\"|\\\\.|\\[(?![hms]+\\])[^\\]]*\\]", Pattern.CASE_INSENSITIVE);

  /** Further digits are the residue of binary fractions. */
  private static final MathContext KEPT = new MathContext(15);

  private final Optional<StylesTable> styles;
  private final LocalDateTime epoch;
  private final Map<Integer, Kind> kinds = new HashMap<>();

  /**
   * The numbers of one workbook.
   *
   * @param styles null where it has none
   * @param from1904 whether its days are counted from 1904
   */
  CellNumbers(StylesTable styles, boolean from1904) {
    this.styles = Optional.ofNullable(styles);
    this.epoch = from1904 ? EPOCH_1904 : EPOCH;
  }

  /**
   * What the format of a cell makes of its number.
   *
   * @param zeros digits that a code is filled up to
   */
  private record Kind(boolean date, boolean time, boolean duration, boolean share, int zeros) {}

  /**
   * The text of a cell.
   *
   * @throws NumberFormatException if it is no number
   */
  String text(String number, int style) {
    BigDecimal exact = new BigDecimal(number);
    if (Math.abs((long) exact.scale()) > 400) {
      throw new NumberFormatException("A cell holds a number beyond any workbook's");
    }
    Kind kind = kinds.computeIfAbsent(style, this::kind);
    double value = exact.doubleValue();
    if (kind.duration() && Math.abs(value) <= LAST_DAY) {
      long seconds = Math.abs(Math.round(value * 86_400));
      return String.format(
          Locale.ROOT,
          "%s%d:%02d:%02d",
          value < 0 ? "-" : "",
          seconds / 3600,
          seconds / 60 % 60,
          seconds % 60);
    }
    if (kind.date() && value >= 0 && value <= LAST_DAY) {
      return date(value, kind);
    }
    if (LongNumber.isLost(exact)) {
      return LongNumber.text(exact);
    }
    BigDecimal kept = exact.round(KEPT);
    if (kind.share()) {
      return plain(kept.movePointRight(2)) + "%";
    }
    String plain = plain(kept);
    return kind.zeros() > plain.length() && plain.chars().allMatch(Character::isDigit)
        ? "0".repeat(kind.zeros() - plain.length()) + plain
        : plain;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private String date(double value, Kind kind) {
    long seconds = Math.round(value * 86_400);
    if (value < 1) {
      return LocalTime.ofSecondOfDay(seconds % 86_400).format(DateTimeFormatter.ISO_LOCAL_TIME);
    }
    LocalDateTime time = epoch.plusSeconds(seconds);
    return time.toLocalTime().equals(LocalTime.MIDNIGHT) && !kind.time()
        ? time.toLocalDate().toString()
        : time.format(DATE_TIME);
  }

  private Kind kind(int style) {
    if (styles.isEmpty() || style >= styles.get().getNumCellStyles()) {
      return new Kind(false, false, false, false, 0);
    }
    XSSFCellStyle cellStyle = styles.get().getStyleAt(style);
    int index = cellStyle.getDataFormat();
    String format =
        Optional.ofNullable(cellStyle.getDataFormatString())
            .or(() -> Optional.ofNullable(BuiltinFormats.getBuiltinFormat(index)))
            .orElse("General");
    String bare = LITERAL.matcher(format).replaceAll("").toLowerCase(Locale.ROOT);
    boolean date = DateUtil.isADateFormat(index, format);
    boolean duration = date && (bare.contains("[h") || bare.contains("[m") || bare.contains("[s"));
    return new Kind(
        date,
        bare.contains("h"),
        duration,
        !date && bare.contains("%"),
        bare.matches("0{2,}") ? bare.length() : 0);
  }
}
