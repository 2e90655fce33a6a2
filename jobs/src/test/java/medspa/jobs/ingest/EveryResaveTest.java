package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.query.Sql;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fixtures of every vendor, of the built-in format and of a mapping of one's own after each
 * {@link Resave}: they give the rows of the original, or fewer of them with a refusal or rejections
 * that name the cause, and never another row.
 *
 * <p>Most ways change nothing of what a mapping is handed, and end there: what it makes of the same
 * cells is the same. Where cells differ, the file is taken in. The full build does all of this; a
 * build looks at every {@value #LOOKED_AT}th way of a fixture, each time others, and at each way
 * until it changes something, and takes in what every {@value #SLICES}th changes, because each
 * costs a second.
 */
class EveryResaveTest {
  private static final int LOOKED_AT = 72;
  private static final int SLICES = 72;
  private static final int LEAST = 2300;

  /** Ways after which a file may hold other dates and nothing in it tells. */
  private static final Set<Resave> OTHER_ORDER_OF_DATES =
      Set.of(Resave.DAY_FIRST, Resave.ISO_DATES_DAY_FIRST, Resave.ISO_DATES_MONTH_FIRST);

  /**
   * One receipt of which lines come again may have sold them twice; and rows of a day that are in
   * the wrong order are right the other way.
   */
  private static final Set<String> CANNOT_BE_TOLD =
      Set.of(
          "boulevard-line-items/newer PASTED_IN_PART",
          "boulevard-line-items/newer EACH_ROW_TWICE",
          "zenoti-stock-ledger/openings SORTED_THE_OTHER_WAY");

  private static final String DATES =
      "mixes real dates|the day or the month first|has the (day|month) first|not_a_instant|not_a_date"
          + "|date_out_of_range|outside_period|after_delivery|payout_far_from_payment";

  /** What is worked out of hours that are no number is no time. */
  private static final String NUMBERS =
      "not_a_number|numbers have commas|other_currency|(clock_out_at|end_at).* not_a_instant";

  private static final String TWICE =
      "holds rows twice|come more than once|nobody is clocked in twice";
  private static final String HEADER = "The header|is the header of";
  private static final String NOTHING = "(?!)";

  /** Rows that are sums of others, or chosen from among them. */
  private static final Pattern OF_SEVERAL =
      Pattern.compile("GROUP BY|QUALIFY", Pattern.CASE_INSENSITIVE);

  private static final Mappings MAPPINGS =
      Mappings.load(TableContracts.load(), Path.of("none"), new Problems());

  @TempDir Path directory;

  private DuckDBConnection connection;
  private boolean all;
  private final Map<Resave, Map<Outcome, Integer>> outcomes = new EnumMap<>(Resave.class);

  /** What became of a resaved export. */
  private enum Outcome {
    EQUAL,
    REFUSED,
    REJECTED,
    /** It was handed over with other cells, and this run does not take it in. */
    LEFT_OUT
  }

  /**
   * What one ingestion left.
   *
   * @param rows without their place in the file
   * @param counted rows that were left out because others of the file replace them
   */
  private record Taken(
      List<String> rows, List<String> refused, List<String> rejected, long counted) {}

  @TestFactory
  Stream<DynamicTest> aResavedExportGivesItsOwnNumbersOrSaysWhyNot() throws Exception {
    return fixtures();
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> everyResavedExportGivesItsOwnNumbersOrSaysWhyNot() throws Exception {
    all = true;
    return fixtures();
  }

  private Stream<DynamicTest> fixtures() throws Exception {
    connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    List<DynamicTest> tests = new ArrayList<>();
    for (VendorFixture fixture :
        Stream.concat(VendorFixture.all().stream(), VendorFixture.ownFormats().stream()).toList()) {
      if (!fixture.isRefused()) {
        int number = tests.size();
        tests.add(DynamicTest.dynamicTest(fixture.id(), () -> resaved(fixture, number)));
      }
    }
    tests.add(DynamicTest.dynamicTest("each way was tried, and how often", this::count));
    return tests.stream();
  }

  private void count() throws Exception {
    Files.writeString(
        Path.of("target", "resaves.txt"),
        outcomes.entrySet().stream()
            .map(way -> way.getKey() + " " + way.getValue())
            .collect(Collectors.joining("\n")));
    assertThat(outcomes).as("ways that changed a fixture").hasSize(Resave.values().length);
    assertThat(outcomes.values().stream().flatMap(o -> o.values().stream()).mapToInt(n -> n).sum())
        .as("resaved exports")
        .isGreaterThan(all ? LEAST : LEAST / LOOKED_AT);
    connection.close();
  }

  private void resaved(VendorFixture fixture, int number) throws Exception {
    IngestFixture workspace =
        fixture.workspace(Files.createTempDirectory(directory, "w"), file -> Optional.empty());
    Source source =
        workspace.sources.get(workspace.sources.size() - 1).readAs(mapping(workspace, fixture));
    Taken original = taken(workspace, fixture);
    Map<Path, Optional<List<String>>> handed = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    int way = 0;
    for (Resave resave : Resave.values()) {
      way++;
      if (!all && (number + way) % LOOKED_AT != 0 && outcomes.containsKey(resave)) {
        continue;
      }
      Map<Path, byte[]> files = fixture.changed(resave::of);
      if (files.isEmpty()) {
        continue;
      }
      boolean same = true;
      List<String> refusals = new ArrayList<>();
      for (Map.Entry<Path, byte[]> file : files.entrySet()) {
        String name = exported(file.getKey());
        if (!handed.containsKey(file.getKey())) {
          Path exported = workspace.workspace.resolve("exports/export").resolve(name);
          handed.put(file.getKey(), handed(source, exported, new ArrayList<>()));
        }
        Path changed = directory.resolve("changed").resolve(name);
        Files.createDirectories(changed.getParent());
        Files.write(changed, file.getValue());
        Optional<List<String>> after = handed(source, changed, refusals);
        same &= after.isEmpty() || after.equals(handed.get(file.getKey()));
      }
      Outcome outcome = refusals.isEmpty() ? Outcome.EQUAL : Outcome.REFUSED;
      if (same) {
        unexplained(refusals)
            .or(() -> ofAnotherCause(resave, refusals))
            .ifPresent(text -> wrong.add(resave + ": " + text));
      } else if (all || (number + way) % SLICES == 0) {
        Taken again =
            taken(
                fixture.workspace(
                    Files.createTempDirectory(directory, "w"),
                    file -> Optional.ofNullable(files.get(file))),
                fixture);
        outcome = outcome(original, again);
        if (!CANNOT_BE_TOLD.contains(fixture.id() + " " + resave)) {
          difference(resave, source, original, again)
              .ifPresent(text -> wrong.add(resave + ": " + text));
        }
      } else {
        outcome = Outcome.LEFT_OUT;
      }
      outcomes
          .computeIfAbsent(resave, r -> new EnumMap<>(Outcome.class))
          .merge(outcome, 1, Integer::sum);
    }
    assertThat(wrong).isEmpty();
    if (all || number % 4 == 0) {
      redelivered(fixture, workspace, original);
    }
  }

  /** The one that its files are recognised as, where its source names none. */
  private static Mapping mapping(IngestFixture workspace, VendorFixture fixture) {
    Mapping named = workspace.sources.get(workspace.sources.size() - 1).mapping().mapping();
    return MAPPINGS.find(fixture.mapping(), Optional.empty()).orElse(named);
  }

  private static String exported(Path fixtureFile) {
    return fixtureFile.getFileName().toString().replaceFirst("\\.xlsx\\.csv$", ".xlsx");
  }

  private static Outcome outcome(Taken original, Taken again) {
    if (again.rows().equals(original.rows())) {
      return Outcome.EQUAL;
    }
    return again.refused().size() > original.refused().size() ? Outcome.REFUSED : Outcome.REJECTED;
  }

  /** The cells that a file hands to its mapping; nothing where it is refused before. */
  private Optional<List<String>> handed(Source source, Path file, List<String> refusals)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS source");
      ExportTable.Loaded loaded =
          ExportTable.load(
              connection,
              ExportTable.EXPORT,
              ExportFile.of(file),
              source,
              MAPPINGS,
              new ClientNames());
      List<String> rows = query("SELECT * EXCLUDE (source_line) FROM source ORDER BY source_line");
      rows.add(loaded.titles().toString());
      List<Long> prints = List.copyOf(new TreeMap<>(loaded.fingerprints()).values());
      prints.forEach(print -> rows.add("as row " + prints.indexOf(print)));
      return Optional.of(rows);
    } catch (FileRefusedException e) {
      refusals.add(source.refusal(file.getFileName().toString(), e).message());
      return Optional.empty();
    }
  }

  private List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  /** What is wrong with a resaved export's rows, if anything. */
  private static Optional<String> difference(
      Resave resave, Source source, Taken original, Taken again) {
    // What a source says of its dates is believed where no day above 12 contradicts it.
    if (OTHER_ORDER_OF_DATES.contains(resave) && source.dates().isPresent()) {
      return unexplained(again.refused());
    }
    Optional<String> foreign = ofAnotherCause(resave, said(original, again));
    if (foreign.isPresent()) {
      return foreign;
    }
    List<String> other = new ArrayList<>(again.rows());
    original.rows().forEach(other::remove);
    if (resave == Resave.FILTERED) {
      // Nothing tells that rows are missing, and sums of what is left are other sums.
      other.removeIf(row -> isOfSeveral(source, row));
      return other.isEmpty() ? Optional.empty() : Optional.of("gives " + other);
    }
    if (!other.isEmpty()) {
      return Optional.of("gives " + other);
    }
    boolean fewer = again.rows().size() < original.rows().size();
    boolean told =
        again.refused().size() > original.refused().size()
            || again.rejected().size() > original.rejected().size()
            || again.counted() > original.counted();
    return fewer && !told
        ? Optional.of("says nothing of " + (original.rows().size() - again.rows().size()) + " rows")
        : unexplained(again.refused());
  }

  private static boolean isOfSeveral(Source source, String row) {
    return source.mapping().mapping().tables().stream()
        .filter(table -> row.startsWith(table.table() + "|"))
        .anyMatch(table -> OF_SEVERAL.matcher(table.from()).find());
  }

  /** Refusals and kinds of rejections that the original does not have. */
  private static List<String> said(Taken original, Taken again) {
    List<String> said = new ArrayList<>(again.refused());
    said.removeAll(original.refused());
    // Most rows may be rejected for what the original's are.
    original
        .rejected()
        .forEach(kind -> said.removeIf(text -> text.contains(") for " + reason(kind))));
    again.rejected().stream()
        .distinct()
        .filter(r -> !original.rejected().contains(r))
        .forEach(said::add);
    return said;
  }

  private static String reason(String rejection) {
    return rejection.substring(rejection.lastIndexOf(' ') + 1);
  }

  private static Optional<String> ofAnotherCause(Resave resave, List<String> said) {
    Pattern cause = Pattern.compile(cause(resave));
    return said.stream()
        .filter(text -> !cause.matcher(text).find())
        .findFirst()
        .map(text -> "names another cause: " + text);
  }

  /** What must be said of a file that does not give its numbers after it was saved in a way. */
  private static String cause(Resave resave) {
    return switch (resave) {
      case DAY_FIRST,
          ISO_DATES_DAY_FIRST,
          DATES_READ_IN_PART,
          DATES_AS_TEXT_IN_SOME_ROWS,
          DATES_WITHOUT_ZEROS,
          YEARS_OF_TWO_DIGITS,
          NAMED_MONTHS_AS_SHOWN,
          TIMES_OF_24_HOURS,
          TIMES_WITH_SECONDS ->
          DATES;
      // A key of which the date is a part is missing.
      case ISO_DATES_MONTH_FIRST -> DATES + "|payment_id.* missing";
      case LONG_IDS_AS_SCIENTIFIC -> "scientific notation";
      case LONG_IDS_CUT -> "15 digits";
      case IDS_WITH_DECIMALS, IDS_WITH_THOUSANDS -> "damaged_id";
      case DECIMAL_COMMAS,
          EUROS,
          DOLLARS,
          CURRENCY_CODES,
          APOSTROPHES,
          PARENTHESES,
          TRAILING_MINUS,
          TYPOGRAPHIC_MINUS ->
          NUMBERS;
      case SEMICOLONS, SEMICOLONS_AND_DECIMAL_COMMAS, TABS, UNICODE_TEXT -> "are separated by";
      case WINDOWS_1252 -> "not UTF-8";
      case TYPOGRAPHIC_QUOTES, HEADER_IN_CAPITALS, TITLE_ABOVE, COLUMN_COPIED -> HEADER;
      case PASTED_TWICE_WITH_HEADER -> "The header stands here again";
      case PASTED_BELOW_IN_ANOTHER_ORDER ->
          "The header stands here again|Names of columns stand here again";
      case PASTED_TWICE, PASTED_IN_PART, EACH_ROW_TWICE -> TWICE;
      // Of a mapping that names no column by which totals are known.
      case TOTALS, GRAND_TOTALS, SUBTOTALS -> "missing|unknown_location|not_a_";
      case NAMELESS_TOTALS, EMPTY_ROW, EMPTY_EDGES -> "missing";
      // Rows without those they belong to may break any rule.
      case FILTERED -> "";
      // A short row lacks another cell; a column of locations may be any.
      case COLUMNS_MOVED -> "missing";
      case OWN_COLUMN -> "unknown_location";
      // A title from which the rows' dates are taken.
      case NO_BREAK_SPACES, INVISIBLE_BLANKS -> "start_at.* missing|not_a_instant";
      default -> NOTHING;
    };
  }

  /** A refusal that does not say where the fault is and what to do. */
  private static Optional<String> unexplained(List<String> refusals) {
    return refusals.stream()
        .filter(text -> !text.matches("(?s).*(line \\d+|column |The file |This is ).*\\. .*"))
        .findFirst()
        .map(text -> "does not explain: " + text);
  }

  /**
   * The export comes again under another name, saved again in a way that changes no row, sorted the
   * other way, and with one more line break: nothing counts twice, and nothing is deleted.
   */
  private void redelivered(VendorFixture fixture, IngestFixture workspace, Taken original)
      throws Exception {
    if (isNumberedAnew(mapping(workspace, fixture), original)) {
      return;
    }
    Map<String, Set<String>> keys = keys(workspace);
    for (Resave resave : List.of(Resave.OWN_COLUMN, Resave.SORTED_THE_OTHER_WAY)) {
      if (CANNOT_BE_TOLD.contains(fixture.id() + " " + resave)) {
        continue;
      }
      for (Map.Entry<Path, byte[]> file : fixture.changed(resave::of).entrySet()) {
        workspace.bytes("export-" + resave + "/" + exported(file.getKey()), file.getValue());
      }
    }
    for (String name : fixture.exportNames()) {
      if (!name.endsWith(".csv")) {
        byte[] bytes =
            Files.readAllBytes(workspace.workspace.resolve("exports/export").resolve(name));
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = (byte) 10;
        workspace.bytes("export-again/" + name, longer);
      }
    }
    Ingestion.Result again = workspace.ingest(fixture.rejectLimit());
    assertThat(keys(workspace)).as("keys after a redelivery").isEqualTo(keys);
    // An older file of several that comes after a newer one may delete what only the newer has.
    if (fixture.exportNames().size() == 1) {
      assertThat(
              again.batches().stream()
                  .flatMap(batch -> batch.tables().stream())
                  .mapToLong(TableCounts::rowsDeleted)
                  .sum())
          .as("rows that a redelivery deletes")
          .isZero();
    }
  }

  /** Lines of a receipt have their number in it; where one is rejected, another number is left. */
  private static boolean isNumberedAnew(Mapping mapping, Taken original) {
    return !original.rejected().isEmpty()
        && mapping.tables().stream().anyMatch(TableMapping::replacesReceipt);
  }

  /** The keys of the rows of each table, by which the fold finds what is one row. */
  private Map<String, Set<String>> keys(IngestFixture workspace) throws SQLException {
    Map<String, Set<String>> keys = new TreeMap<>();
    for (String table : TableContracts.load().names()) {
      String files = files(workspace, table);
      if (!files.isEmpty()) {
        String key = Sql.identifiers(TableContracts.load().table(table).storedKey());
        keys.put(
            table, new HashSet<>(query("SELECT %s FROM read_parquet([%s])".formatted(key, files))));
      }
    }
    return keys;
  }

  private static String files(IngestFixture workspace, String table) {
    return Bronze.read(workspace.lake).current().stream()
        .filter(batch -> batch.source().equals("export"))
        .map(batch -> workspace.lake.batchTable(batch.sourceFileId(), table))
        .filter(Files::exists)
        .map(file -> "'" + file + "'")
        .collect(Collectors.joining(", "));
  }

  /**
   * Columns that tell of the place in the file, or of the rows beside: the line and made-up keys.
   */
  private static List<String> placed(String table, Mapping mapping) {
    List<String> columns = new ArrayList<>(List.of("source_file_id", "source_line", "class_id"));
    for (TableMapping mapped : mapping.tables()) {
      if (mapped.table().equals(table)) {
        TableContracts.load().table(table).key().stream()
            .filter(key -> !key.equals("location_id"))
            .filter(key -> mapped.makesUp(key, mapping.header()))
            .forEach(columns::add);
      }
    }
    return columns;
  }

  private Taken taken(IngestFixture workspace, VendorFixture fixture) throws Exception {
    Ingestion.Result result = workspace.ingest(fixture.rejectLimit());
    List<String> refused =
        result.refused().stream()
            .filter(file -> file.source().equals("export"))
            .map(RefusedFile::message)
            .toList();
    List<Batch> batches =
        Bronze.read(workspace.lake).current().stream()
            .filter(batch -> batch.source().equals("export"))
            .toList();
    Mapping mapping = mapping(workspace, fixture);
    List<String> rows = new ArrayList<>();
    for (String table : new TreeSet<>(TableContracts.load().names())) {
      String files = files(workspace, table);
      if (!files.isEmpty()) {
        rows.addAll(
            query(
                """
                SELECT '%s', COLUMNS(lambda c: NOT list_contains(%s, c))
                FROM read_parquet([%s], union_by_name = true)
                """
                    .formatted(table, Sql.list(placed(table, mapping)), files)));
      }
    }
    List<String> rejected = new ArrayList<>();
    for (Batch batch : batches) {
      Path file = workspace.lake.rejectedRows(batch.sourceFileId());
      if (Files.exists(file)) {
        rejected.addAll(query("SELECT concat_ws(' ', column_name, reason) FROM '" + file + "'"));
      }
    }
    long counted =
        batches.stream()
            .flatMap(batch -> batch.tables().stream())
            .mapToLong(t -> t.rowsSuperseded() + t.rowsDuplicate())
            .sum();
    return new Taken(
        rows.stream().sorted().collect(Collectors.toList()), refused, rejected, counted);
  }
}
