package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import medspa.jobs.ingest.Mapping.ColumnMapping;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.list.ListCatalogue;
import medspa.warehouse.list.ListDefinition;
import medspa.warehouse.list.ListDefinition.ListColumn;
import medspa.warehouse.list.ListDefinition.Part;

/**
 * Which lists the exports of each vendor can fill, as Markdown: all shipped mappings of a vendor
 * together, against the columns that each list is made of. It tells what a mapping can deliver, not
 * what somebody's export holds.
 */
final class VendorCoverage {
  /** Reference data that a person can write down; who the clients are comes from exports alone. */
  private static final String CLIENTS = "clients";

  private final TableContracts contracts;
  private final List<ListDefinition> lists;

  /** The mappings by vendor, in the order of the names. */
  private final Map<String, List<Mapping>> vendors = new TreeMap<>();

  private VendorCoverage(Mappings mappings, TableContracts contracts, ListCatalogue lists) {
    this.contracts = contracts;
    this.lists = lists.all();
    for (Mapping mapping : mappings.all()) {
      if (!mapping.tables().isEmpty()) {
        vendors.computeIfAbsent(mapping.vendor(), vendor -> new ArrayList<>()).add(mapping);
      }
    }
  }

  /** The tables of the given mappings. */
  static String markdown(Mappings mappings, TableContracts contracts, ListCatalogue lists) {
    VendorCoverage coverage = new VendorCoverage(mappings, contracts, lists);
    return coverage.byVendor() + "\n" + coverage.missing();
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
    return all.stream().allMatch(part -> isTold(part, mappings)) ? "full" : "by hand";
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
                          + part.word().map(word -> " `" + word + "`").orElse(""),
                      empty + part.without(),
                      without.size() == vendors.size() ? "all" : String.join(", ", without),
                      part.otherwise().orElse(isByHand(part) ? "by hand" : "–")));
            }
          });
    }
    return text.toString();
  }

  private boolean isOutOfReach(Part part, List<Mapping> mappings) {
    return !isTold(part, mappings) && !isByHand(part) && !isToldOnRequest(part, mappings);
  }

  private boolean isByHand(Part part) {
    return part.otherwise().isPresent()
        || part.columns().stream()
            .anyMatch(
                column ->
                    contracts.table(column.table()).kind() == Kind.REFERENCE
                        && !column.table().equals(CLIENTS));
  }

  /** A setting is no matter of the exports. */
  private static boolean isTold(Part part, List<Mapping> mappings) {
    return part.setting().isPresent()
        || mappings.stream()
            .anyMatch(
                mapping ->
                    mapping.tables().stream()
                        .filter(table -> !isLeftOut(mapping, table))
                        .anyMatch(table -> tells(table, part)));
  }

  /** Whether a table tells it that is read where a setting of the source says so. */
  private static boolean isToldOnRequest(Part part, List<Mapping> mappings) {
    return mappings.stream()
        .flatMap(mapping -> mapping.tables().stream())
        .anyMatch(table -> tells(table, part));
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

  private static boolean tells(TableMapping table, Part part) {
    return part.columns().stream().anyMatch(column -> tells(table, column, part));
  }

  private static boolean tells(TableMapping table, ListColumn column, Part part) {
    ColumnMapping mapped = table.columns().get(column.column());
    if (mapped == null || !table.table().equals(column.table())) {
      return false;
    }
    return part.word().map(word -> canBe(table, column.column(), mapped, word)).orElse(true);
  }

  /** Whether a translation, or the SQL of the table, gives the word. */
  private static boolean canBe(
      TableMapping table, String column, ColumnMapping mapped, String word) {
    boolean isLiteral = mapped.sql().strip().matches("'[^']*'");
    String sql = isLiteral ? mapped.sql() : mapped.sql() + " " + table.from();
    return table.values().getOrDefault(column, Map.of()).containsValue(word)
        || Pattern.compile("'" + Pattern.quote(word) + "'|\\btender_of\\(").matcher(sql).find();
  }

  private static void row(StringBuilder text, String first, Iterable<String> others) {
    text.append("| ").append(first).append(" |");
    others.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    text.append('\n');
  }
}
