package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import medspa.jobs.read.Format;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Spelling;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Sha256;

/**
 * How one vendor's export becomes rows of canonical tables. Expressions are DuckDB SQL over the
 * export's columns, all of them text.
 *
 * @param id name by which a source asks for it
 * @param vendor who makes the export
 * @param title what the export is
 * @param evidence what the header and formats were taken from, and what is unproven
 * @param digest SHA-256 of the definition; a file is read again when it changes
 * @param format how the bytes become records
 * @param header the columns it is recognised by
 * @param delivery how its rows meet earlier rows, unless the source says otherwise
 * @param fileName what the file's name tells
 * @param titles what a row above the header tells
 * @param period the days that name or titles state
 * @param params settings of the source, read by {@code getvariable('name')}
 * @param lookups names of other exports of the practice that its SQL reads as tables
 * @param optionalLookups further ones that a source may leave out, each with the mapping whose
 *     columns its table has, which then is empty
 * @param currency expression for the code of the currency that a row's amounts are in
 * @param workspaceCurrency the currency that the workspace's amounts are in, where a source uses it
 * @param refusals what the whole file is not to be taken for
 * @param locationIsId whether {@code location_id} holds configured ids rather than a vendor's names
 * @param clientScope within what its client ids name one person, unless the source says otherwise
 * @param tables what it feeds; empty for an export that is only looked up
 * @param dates columns with dates such as 03/04/2026, whose order of day and month each file must
 *     prove or the source must tell
 * @param clients columns that hold a client's name, e-mail address or phone number, read or not;
 *     those of a name in parts together, the first name first
 */
record Mapping(
    String id,
    String vendor,
    String title,
    String evidence,
    String digest,
    Format format,
    Header header,
    Delivery delivery,
    Optional<NamedValues> fileName,
    Optional<NamedValues> titles,
    Optional<StatedPeriod> period,
    Map<String, Setting> params,
    List<String> lookups,
    Map<String, String> optionalLookups,
    Optional<String> currency,
    Optional<Currency> workspaceCurrency,
    List<Refusal> refusals,
    boolean locationIsId,
    ClientScope clientScope,
    List<TableMapping> tables,
    Set<String> dates,
    List<List<String>> clients) {

  /**
   * A setting of the source.
   *
   * @param byDefault its value where the source names none
   * @param oneOf the values it can have; any if empty
   * @param pattern the form of its values; any if empty
   */
  record Setting(String byDefault, List<String> oneOf, Optional<Pattern> pattern) {
    boolean allows(String value) {
      return (oneOf.isEmpty() || oneOf.contains(value))
          && pattern.filter(form -> !form.matcher(value).matches()).isEmpty();
    }

    /** What it can be, in words that go on a sentence. */
    String values() {
      return oneOf.isEmpty()
          ? "it is written like '" + byDefault + "'"
          : "it is one of " + String.join(", ", oneOf);
    }
  }

  /** Whether every row tells of what has happened, so that none lies after its delivery. */
  boolean tellsThePast(TableContracts contracts) {
    return tables.stream().allMatch(table -> contracts.table(table.table()).tellsThePast());
  }

  /** Whether a file is refused whose name tells nothing of its rows. */
  boolean needsName() {
    return fileName.filter(NamedValues::required).isPresent();
  }

  /**
   * What the name of a file tells about its rows; nothing if it only orders the deliveries that are
   * taken in together. Among whole deliveries the day decides which counts.
   */
  Map<String, String> toldByName(String name) {
    return fileName
        .filter(told -> told.required() || period.isPresent() || delivery == Delivery.WHOLE)
        .flatMap(told -> told.values(name))
        .orElse(Map.of());
  }

  /**
   * What is wrong with a file as a whole, such as totals that nobody can explain.
   *
   * @param line a query for the line to name; NULL, or no row, where nothing is wrong
   * @param column the column to name; empty for none
   * @param says what is wrong
   * @param next a setting or an edit that works
   */
  record Refusal(String line, String column, String says, String next) {}

  /**
   * The mapping as a source uses it.
   *
   * @param inCurrency the workspace's currency
   * @param words our word by the vendor's, by canonical column
   */
  Mapping as(Currency inCurrency, Map<String, Map<String, String>> words) {
    return new Mapping(
        id,
        vendor,
        title,
        evidence,
        Sha256.of(List.of(digest, inCurrency.getCurrencyCode(), new TreeMap<>(words).toString())),
        format,
        header,
        delivery,
        fileName,
        titles,
        period,
        params,
        lookups,
        optionalLookups,
        currency,
        Optional.of(inCurrency),
        refusals,
        locationIsId,
        clientScope,
        tables.stream().map(table -> table.withWords(words)).toList(),
        dates,
        clients);
  }

  /** The same of files of another form. */
  Mapping reading(Format other) {
    return new Mapping(
        id,
        vendor,
        title,
        evidence,
        digest,
        other,
        header,
        delivery,
        fileName,
        titles,
        period,
        params,
        lookups,
        optionalLookups,
        currency,
        workspaceCurrency,
        refusals,
        locationIsId,
        clientScope,
        tables,
        dates,
        clients);
  }

  /**
   * The columns of the export, by name; their order is free.
   *
   * @param required without one of these the export is another one
   * @param optional read where present
   * @param ignored known and never read; other columns are counted as dropped too
   * @param synonyms other names under which a column comes
   * @param wide columns whose names hold a value, such as one column per location: the pattern
   *     gives the value as its first group; read as a map from value to cell
   * @param totals columns that every record fills; a row without them is a total where it says so
   */
  record Header(
      List<String> required,
      List<String> optional,
      Set<String> ignored,
      Map<String, List<String>> synonyms,
      Map<String, Pattern> wide,
      List<String> totals) {

    /** The columns that are read as text. */
    Set<String> read() {
      Set<String> columns = new LinkedHashSet<>(required);
      columns.addAll(optional);
      return columns;
    }

    /** Whether the mapping lists a column. */
    boolean lists(String column) {
      return required.contains(column) || optional.contains(column) || ignored.contains(column);
    }

    /**
     * The names of the file's columns as the mapping calls them; others as they are. Of columns
     * that share a name the second is {@code Name#2} where the mapping knows such a column, and so
     * on.
     */
    List<String> known(List<String> fields) {
      Map<String, String> own = new HashMap<>();
      Stream.of(required, optional, ignored)
          .flatMap(Collection::stream)
          .forEach(column -> own.put(Spelling.of(column), column));
      synonyms.forEach(
          (column, others) -> others.forEach(other -> own.put(Spelling.of(other), column)));
      Map<String, Integer> times = new HashMap<>();
      List<String> names = new ArrayList<>();
      for (String field : fields) {
        String spelled = Spelling.of(field);
        String name = own.getOrDefault(spelled, spelled);
        int time = times.merge(name, 1, Integer::sum);
        names.add(time > 1 ? own.getOrDefault(name + "#" + time, name) : name);
      }
      return names;
    }

    /** The required columns that these lack. */
    List<String> missing(List<String> columns) {
      List<String> missing = new ArrayList<>(required);
      missing.removeAll(columns);
      return missing;
    }

    /** The columns of the file, as {@link #known} names them, that the mapping does not know. */
    List<String> unknown(List<String> columns) {
      Set<String> known = new HashSet<>(read());
      known.addAll(ignored);
      return columns.stream()
          .filter(column -> !column.isEmpty() && !known.contains(column))
          .filter(column -> wide.values().stream().noneMatch(w -> w.matcher(column).matches()))
          .toList();
    }
  }

  /**
   * What the file's name or a row above the header tells about all rows.
   *
   * @param pattern a regular expression whose named groups become variables; the group {@code date}
   *     of the name also orders the deliveries of a run
   * @param required whether a file without the values is refused, because its rows need them
   * @param example a name or a row that tells them
   */
  record NamedValues(Pattern pattern, boolean required, Optional<String> example) {
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    /** Values that rows can do without. */
    static NamedValues optional(Pattern pattern) {
      return new NamedValues(pattern, false, Optional.empty());
    }

    /** The named groups. */
    Set<String> groups() {
      Set<String> groups = new LinkedHashSet<>();
      Matcher matcher = GROUP.matcher(pattern.pattern());
      while (matcher.find()) {
        groups.add(matcher.group(1));
      }
      return groups;
    }

    /**
     * Value per named group, if the text is of the pattern; a group that took no part is left out.
     */
    Optional<Map<String, String>> values(String text) {
      Matcher matcher = pattern.matcher(Spelling.of(text));
      if (!matcher.find()) {
        return Optional.empty();
      }
      Map<String, String> values = new LinkedHashMap<>();
      for (String group : groups()) {
        if (matcher.group(group) != null) {
          values.put(group, matcher.group(group));
        }
      }
      return Optional.of(values);
    }
  }

  /**
   * The days that the file's name or titles state, both included: SQL over what they tell, NULL
   * where they tell nothing.
   */
  record StatedPeriod(String first, String last) {}

  /**
   * One canonical table.
   *
   * @param table its name
   * @param from a FROM clause; the export itself is {@code source}
   * @param where which records are rows of the table
   * @param ownLineKey whether the export carries its own key; else equal lines are different things
   * @param periodBy expression for the date, or date and time, by which a row belongs to the period
   *     of the export, where that is not the row's own local day
   * @param replacesReceipt whether a receipt of an export holds all rows that it has on its day, so
   *     that those that its newest delivery lacks are gone
   * @param columns expression per canonical column
   * @param values vendor's word to ours, per column
   */
  record TableMapping(
      String table,
      String from,
      Optional<String> where,
      boolean ownLineKey,
      Optional<String> periodBy,
      boolean replacesReceipt,
      Map<String, ColumnMapping> columns,
      Map<String, Map<String, String>> values) {

    /** Whether rows are told apart by a key that the mapping makes up. */
    boolean makesUpKey(TableContract contract, Header header) {
      return contract.key().stream()
          .filter(column -> !column.equals("location_id"))
          .anyMatch(column -> makesUp(column, header));
    }

    /** Whether a value is more than a column of the export as it is. */
    boolean makesUp(String column, Header header) {
      String sql = columns.get(column).sql().strip();
      return !header.read().contains(sql.replaceAll("^\"|\"$", ""));
    }

    /** Whether rows are given the cell of the rows above them. */
    boolean fillsDown() {
      return Stream.concat(Stream.of(from), columns.values().stream().map(ColumnMapping::sql))
          .anyMatch(sql -> sql.toUpperCase(Locale.ROOT).contains("IGNORE NULLS"));
    }

    /** The same with further words of the columns that it maps. */
    TableMapping withWords(Map<String, Map<String, String>> words) {
      Map<String, Map<String, String>> all = new LinkedHashMap<>(values);
      words.forEach(
          (column, theirs) -> {
            if (columns.containsKey(column)) {
              Map<String, String> both = new LinkedHashMap<>(theirs);
              values.getOrDefault(column, Map.of()).forEach(both::putIfAbsent);
              all.put(column, both);
            }
          });
      return new TableMapping(
          table, from, where, ownLineKey, periodBy, replacesReceipt, columns, all);
    }
  }

  /**
   * One canonical column.
   *
   * @param sql a DuckDB expression
   * @param pseudonymise whether the value is composed of client data and leaves as a pseudonym
   */
  record ColumnMapping(String sql, boolean pseudonymise) {}
}
