package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import medspa.jobs.ingest.Mapping.ColumnMapping;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.warehouse.list.ListCatalogue;
import medspa.warehouse.list.ListDefinition;
import medspa.warehouse.list.ListDefinition.Part;

/**
 * Which lists the exports of each vendor can fill, as Markdown: all shipped mappings of a vendor
 * together, against the columns that each list is made of. It tells what a mapping can deliver, not
 * what somebody's export holds.
 */
final class VendorCoverage {
  /** How a list is filled that needs the reference workbook, or a setting of the configuration. */
  private static final String WORKBOOK = "workbook";

  private static final String SETTING = "setting";

  /** What a person can write into the reference workbook. */
  private static final Set<String> WRITABLE =
      ReferenceFormat.sheets().stream()
          .flatMap(
              sheet -> sheet.columns().stream().map(c -> sheet.contract().name() + "." + c.name()))
          .collect(Collectors.toUnmodifiableSet());

  /** A choice between cases that has no value where none of them holds. */
  private static final Pattern CASES = Pattern.compile("(?s)CASE\\s+WHEN\\b(?!.*\\bELSE\\b).*END");

  private static final Pattern CASE = Pattern.compile("(?s)\\bWHEN\\b(.*?)\\bTHEN\\s+(\\S+)");

  private final List<ListDefinition> lists;

  /** The mappings by vendor, in the order of the names. */
  private final Map<String, List<Mapping>> vendors = new TreeMap<>();

  private VendorCoverage(Mappings mappings, ListCatalogue lists) {
    this.lists = lists.all();
    for (Mapping mapping : mappings.all()) {
      if (!mapping.tables().isEmpty()) {
        vendors.computeIfAbsent(mapping.vendor(), vendor -> new ArrayList<>()).add(mapping);
      }
    }
  }

  /** The tables of the given mappings. */
  static String markdown(Mappings mappings, ListCatalogue lists) {
    VendorCoverage coverage = new VendorCoverage(mappings, lists);
    return coverage.byVendor() + "\n" + coverage.missing();
  }

  /** By list and vendor how the list is filled: full, workbook, setting, partly or no. */
  static Map<String, Map<String, String>> states(Mappings mappings, ListCatalogue lists) {
    VendorCoverage coverage = new VendorCoverage(mappings, lists);
    Map<String, Map<String, String>> states = new TreeMap<>();
    for (ListDefinition list : coverage.lists) {
      Map<String, String> byVendor = new TreeMap<>();
      coverage.vendors.forEach((vendor, some) -> byVendor.put(vendor, coverage.state(list, some)));
      states.put(list.id(), byVendor);
    }
    return states;
  }

  private String byVendor() {
    StringBuilder text = new StringBuilder();
    row(text, "list", vendors.keySet());
    row(text, "---", vendors.keySet().stream().map(vendor -> "---").toList());
    for (ListDefinition list : lists) {
      row(text, list.label(), vendors.values().stream().map(some -> state(list, some)).toList());
    }
    return text.toString();
  }

  private String state(ListDefinition list, List<Mapping> mappings) {
    if (list.needs().stream().anyMatch(part -> isOutOfReach(part, mappings))) {
      return "no";
    }
    if (list.gains().stream().anyMatch(part -> isOutOfReach(part, mappings))) {
      return "partly";
    }
    List<Part> all = new ArrayList<>(list.needs());
    all.addAll(list.gains());
    String by =
        all.stream()
            .filter(part -> !isTold(part, mappings))
            .map(part -> isWritable(part) ? WORKBOOK : SETTING)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .collect(Collectors.joining(", "));
    return by.isEmpty() ? "full" : by;
  }

  /** What the exports of some vendor do not tell, list by list. */
  private String missing() {
    StringBuilder text = new StringBuilder();
    row(text, "list", List.of("column", "without it", "not told by", "else"));
    row(text, "---", List.of("---", "---", "---", "---"));
    for (ListDefinition list : lists) {
      Map<Part, String> importance = new LinkedHashMap<>();
      list.needs().forEach(part -> importance.put(part, "the list says nothing: "));
      list.gains().forEach(part -> importance.put(part, ""));
      importance.forEach(
          (part, empty) -> {
            List<String> without =
                vendors.entrySet().stream()
                    .filter(
                        vendor ->
                            !isTold(part, vendor.getValue())
                                && !isToldOnRequest(part, vendor.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!without.isEmpty()) {
              row(
                  text,
                  list.label(),
                  List.of(
                      part.columns().stream()
                              .map(column -> "`" + column.name() + "`")
                              .collect(Collectors.joining(" or "))
                          + rows(part),
                      empty + part.without(),
                      without.size() == vendors.size() ? "all" : String.join(", ", without),
                      part.otherwise().orElse(isWritable(part) ? WORKBOOK : "–")));
            }
          });
    }
    return text.toString();
  }

  /** Of which rows a part speaks: words of its column, and of others. */
  private static String rows(Part part) {
    StringBuilder rows = new StringBuilder();
    if (!part.words().isEmpty()) {
      rows.append(' ').append(oneOf(part.words()));
    }
    part.where()
        .forEach(
            (column, words) -> rows.append(", ").append(column).append(' ').append(oneOf(words)));
    return rows.toString();
  }

  private static String oneOf(List<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(" or "));
  }

  private static boolean isOutOfReach(Part part, List<Mapping> mappings) {
    return !isTold(part, mappings)
        && !isWritable(part)
        && part.otherwise().isEmpty()
        && !isToldOnRequest(part, mappings);
  }

  private static boolean isWritable(Part part) {
    return part.columns().stream().anyMatch(column -> WRITABLE.contains(column.name()));
  }

  /** A setting is no matter of the exports. */
  private static boolean isTold(Part part, List<Mapping> mappings) {
    return part.setting().isPresent()
        || mappings.stream()
            .anyMatch(
                mapping ->
                    mapping.tables().stream()
                        .filter(table -> !isLeftOut(mapping, table))
                        .anyMatch(table -> tells(mapping, table, part, false)));
  }

  /** Whether a table or column tells it that is read where a setting of the source says so. */
  private static boolean isToldOnRequest(Part part, List<Mapping> mappings) {
    return mappings.stream()
        .anyMatch(
            mapping ->
                mapping.tables().stream().anyMatch(table -> tells(mapping, table, part, true)));
  }

  /**
   * Whether a column has a value without a setting of the source: some case of its SQL gives one
   * that no setting turns on.
   */
  private static boolean isFilled(Mapping mapping, ColumnMapping mapped) {
    String sql = mapped.sql().strip();
    return !CASES.matcher(sql).matches()
        || CASE.matcher(sql)
            .results()
            .anyMatch(one -> !one.group(2).equals("NULL") && !isOff(mapping, one.group(1)));
  }

  /**
   * Whether a condition asks for another value of a setting than its default, or for one of none.
   */
  private static boolean isOff(Mapping mapping, String condition) {
    return mapping.params().entrySet().stream()
        .anyMatch(
            setting -> {
              String value = "getvariable('" + setting.getKey() + "')";
              String standard = setting.getValue().byDefault();
              return standard.isEmpty()
                  ? condition.contains(value)
                  : condition.contains(value + " = '")
                      && !condition.contains(value + " = '" + standard + "'");
            });
  }

  private static boolean isLeftOut(Mapping mapping, TableMapping table) {
    return mapping.params().entrySet().stream()
        .filter(setting -> setting.getValue().byDefault().equals("no"))
        .anyMatch(
            setting ->
                table
                    .where()
                    .filter(("getvariable('" + setting.getKey() + "') = 'yes'")::equals)
                    .isPresent());
  }

  private static boolean tells(Mapping mapping, TableMapping table, Part part, boolean onRequest) {
    return part.columns().stream()
            .filter(column -> column.table().equals(table.table()))
            .anyMatch(column -> tells(mapping, table, column.column(), part.words(), onRequest))
        && part.where().entrySet().stream()
            .allMatch(of -> tells(mapping, table, of.getKey(), of.getValue(), onRequest));
  }

  /** Whether a column is there, and can be one of the words where there are any. */
  private static boolean tells(
      Mapping mapping, TableMapping table, String column, List<String> words, boolean onRequest) {
    ColumnMapping mapped = table.columns().get(column);
    return mapped != null
        && (onRequest || isFilled(mapping, mapped))
        && (words.isEmpty()
            || words.stream().anyMatch(word -> canBe(mapping, table, column, mapped, word)));
  }

  /** Whether a translation, the SQL of the table, or a setting that it reads gives the word. */
  private static boolean canBe(
      Mapping mapping, TableMapping table, String column, ColumnMapping mapped, String word) {
    boolean isLiteral = mapped.sql().strip().matches("'[^']*'");
    String sql = isLiteral ? mapped.sql() : mapped.sql() + " " + table.from();
    return table.values().getOrDefault(column, Map.of()).containsValue(word)
        || Pattern.compile("'" + Pattern.quote(word) + "'|\\btender_of\\(").matcher(sql).find()
        || mapping.params().entrySet().stream()
            .filter(setting -> setting.getValue().byDefault().equals(word))
            .anyMatch(setting -> sql.contains("getvariable('" + setting.getKey() + "')"));
  }

  private static void row(StringBuilder text, String first, Iterable<String> others) {
    text.append("| ").append(first).append(" |");
    others.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    text.append('\n');
  }
}
