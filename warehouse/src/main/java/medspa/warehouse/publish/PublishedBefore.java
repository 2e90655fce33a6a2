package medspa.warehouse.publish;

import static medspa.warehouse.query.Sql.list;
import static medspa.warehouse.query.Sql.literal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.LongFunction;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.history.History;
import medspa.warehouse.history.PastJournal;
import medspa.warehouse.history.PastPublication;
import medspa.warehouse.history.PastRun;
import medspa.warehouse.journal.JournalEntry;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Step;
import medspa.warehouse.relation.Relations;

/**
 * What had been published before, and what this publication changes of it. A look back at what was
 * known compares and remembers nothing: it only shows what had been published of that knowledge.
 */
final class PublishedBefore {
  private final BuildConnection build;
  private final PublishRequest request;
  private final LakeState state;
  private final List<PastPublication> past;
  private final PastPublication current;

  PublishedBefore(BuildConnection build, PublishRequest request, LakeState state) {
    this.build = build;
    this.request = request;
    this.state = state;
    List<PastPublication> all = request.history().publications();
    this.past =
        all.stream()
            .filter(p -> state.knownAt().isEmpty() || p.bronzeSequence() <= state.knownAt().get())
            .toList();
    this.current =
        new PastPublication(
            all.isEmpty() ? 1 : all.get(all.size() - 1).number() + 1,
            state.runId(),
            request.publishedAt().truncatedTo(ChronoUnit.MICROS),
            state.asOf(),
            state.lastWeekStart(),
            state.bronzeSequence(),
            state.bronzeFiles(),
            state.configurationDigest(),
            request.codeVersion(),
            0,
            0);
  }

  /**
   * Decides what a killed run left: its publication counts if its warehouse is the published one,
   * or if no warehouse is left to tell.
   */
  static void heal(History history, Path warehouse) throws IOException {
    Optional<PastPublication> pending = history.pending();
    if (pending.isPresent()) {
      Optional<String> published = runId(warehouse);
      if (published.isEmpty() || published.get().equals(pending.get().runId())) {
        history.commit(pending.get().number());
      }
    }
    history.discard();
  }

  /** The run of a warehouse; of one that cannot be read as of one that is gone. */
  private static Optional<String> runId(Path warehouse) {
    if (!Files.exists(warehouse)) {
      return Optional.empty();
    }
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse, readOnly);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT run_id FROM runs")) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  /**
   * Loads what earlier publications left, fills publications, restatements and run_history, and
   * writes beside the history what it will remember of this publication.
   *
   * @return the publication, to be committed once its warehouse is in its place; empty if it
   *     changes nothing
   */
  Optional<PastPublication> compare(
      Relations relations, TableContracts contracts, Derivation derivation)
      throws SQLException, IOException {
    build.insert("past_publications", past.stream().map(PublishedBefore::row).toList());
    load(relations.relation("restatements"), request.history()::restatements);
    load(relations.relation("benchmark_restatements"), request.history()::benchmarkRestatements);
    load(relations.relation("past_forecasts"), request.history()::forecasts);
    load(relations.relation("past_actions"), request.history()::actions);
    load(relations.relation("past_outcomes"), request.history()::outcomes);
    derivation.after(Step.PAST);
    Optional<PastPublication> made =
        state.knownAt().isPresent() ? Optional.empty() : remember(contracts, derivation);
    List<PastPublication> publications = new ArrayList<>(past);
    made.ifPresent(publications::add);
    build.insert("publications", publications.stream().map(PublishedBefore::published).toList());
    build.insert("run_history", runs(publications));
    build.insert("journal_exported", exportedEntries(publications));
    derivation.after(Step.PUBLICATION);
    return made;
  }

  /** Fills a relation from the file that each earlier publication left of it, if it left one. */
  private void load(Relation relation, LongFunction<Path> fileOf) throws SQLException {
    List<String> files = files(fileOf);
    if (!files.isEmpty()) {
      WarehouseSchema.fill(
          build, relation, "SELECT * FROM read_parquet(" + list(files) + ", union_by_name = true)");
    }
  }

  /** The file that each earlier publication left of something, if it left one. */
  private List<String> files(LongFunction<Path> fileOf) {
    return past.stream()
        .map(publication -> fileOf.apply(publication.number()))
        .filter(Files::exists)
        .map(Path::toString)
        .toList();
  }

  private Optional<PastPublication> remember(TableContracts contracts, Derivation derivation)
      throws SQLException, IOException {
    build.insert("this_publication", List.of(row(current)));
    List<String> numbers = files(request.history()::numbers);
    if (!numbers.isEmpty()) {
      build.execute(
          "INSERT INTO past_numbers BY NAME SELECT * FROM read_parquet("
              + list(numbers)
              + ", union_by_name = true) QUALIFY row_number() OVER (PARTITION BY grain, practice_id,"
              + " location_id, member_id, week_start, kpi ORDER BY publication DESC) = 1");
    }
    loadPositions();
    derivation.after(Step.HISTORY);
    long changed = build.count("changed_numbers");
    long restated = build.count("restated");
    long positions = build.count("changed_positions");
    boolean isOtherBenchmark = build.count("restated_positions") > 0;
    if (changed == 0 && positions == 0 && !past.isEmpty() && isAsLast()) {
      return Optional.empty();
    }
    if (restated > 0) {
      Bronze bronze = Bronze.read(request.lake()).knownAt(state.bronzeSequence());
      NewKnowledge knowledge = new NewKnowledge(build, request.lake(), contracts, bronze);
      for (String base : build.keys("SELECT DISTINCT base FROM restated ORDER BY 1", 1_000_000)) {
        long number = Long.parseLong(base.substring(base.indexOf('=') + 1));
        knowledge.since(number, bronzeSequence(number));
      }
    }
    if (restated > 0 || isOtherBenchmark) {
      derivation.after(Step.NEW_KNOWLEDGE);
    }
    Path directory = request.history().begin(current.number());
    copy(
        "SELECT * EXCLUDE (from_value, from_numerator, from_denominator, from_sample_size,"
            + " from_definition_version) FROM changed_numbers ORDER BY ALL",
        directory.resolve("numbers.parquet"));
    String own = "SELECT " + current.number() + " AS publication, * ";
    copy(
        own + "EXCLUDE (publication) FROM forecast_daily WHERE basis = 'coming' ORDER BY ALL",
        directory.resolve("forecasts.parquet"));
    copy(own + "FROM actions ORDER BY practice_id, rank", directory.resolve("actions.parquet"));
    copy(
        own
            + "FROM action_outcomes SEMI JOIN acted_actions USING (practice_id, week_start) ORDER BY"
            + " practice_id, rank",
        directory.resolve("outcomes.parquet"));
    if (restated > 0) {
      copy(
          "SELECT * FROM restatements WHERE publication = " + current.number() + " ORDER BY ALL",
          directory.resolve("restatements.parquet"));
    }
    if (positions > 0) {
      copy(
          "SELECT * EXCLUDE (from_value, from_rank, from_percentile, from_p25, from_p50, from_p75,"
              + " from_contributors, from_gap_dollars_expected) FROM changed_positions ORDER BY ALL",
          directory.resolve("positions.parquet"));
    }
    if (isOtherBenchmark) {
      copy(
          "SELECT * FROM benchmark_restatements WHERE publication = "
              + current.number()
              + " ORDER BY ALL",
          directory.resolve("benchmark_restatements.parquet"));
    }
    PastPublication publication =
        new PastPublication(
            current.number(),
            current.runId(),
            current.publishedAt(),
            current.asOf(),
            current.lastWeekStart(),
            current.bronzeSequence(),
            current.bronzeFiles(),
            current.configurationDigest(),
            current.codeVersion(),
            changed,
            restated);
    request.history().prepare(publication);
    return Optional.of(publication);
  }

  /** Positions in benchmarks as they were published last, of ranges that can be compared still. */
  private void loadPositions() throws SQLException {
    List<String> files = files(request.history()::positions);
    if (!files.isEmpty()) {
      build.execute(
          "INSERT INTO past_positions BY NAME SELECT p.* FROM read_parquet("
              + list(files)
              + ", union_by_name = true) p CROSS JOIN this_publication t WHERE p.week_start >="
              + " t.last_week - 7 * 12 QUALIFY row_number() OVER (PARTITION BY audience,"
              + " audience_id, week_start, range_weeks, practice_id, location_id, kpi, peer_group"
              + " ORDER BY publication DESC) = 1");
    }
  }

  private boolean isAsLast() {
    return past.get(past.size() - 1).runId().equals(current.runId());
  }

  private long bronzeSequence(long number) {
    return past.stream()
        .filter(publication -> publication.number() == number)
        .findFirst()
        .orElseThrow()
        .bronzeSequence();
  }

  private void copy(String query, Path file) throws SQLException {
    build.execute(
        "COPY ("
            + query
            + ") TO "
            + literal(file.toString())
            + " (FORMAT parquet, COMPRESSION zstd)");
  }

  private static List<Object> row(PastPublication p) {
    return List.of(
        p.number(),
        p.runId(),
        p.publishedAt().atOffset(ZoneOffset.UTC),
        p.asOf(),
        p.lastWeekStart(),
        p.bronzeSequence(),
        p.configurationDigest(),
        p.codeVersion());
  }

  private static List<Object> published(PastPublication p) {
    return List.of(
        p.number(),
        p.runId(),
        p.publishedAt().atOffset(ZoneOffset.UTC),
        p.asOf(),
        p.lastWeekStart(),
        p.bronzeSequence(),
        p.bronzeFiles(),
        p.configurationDigest(),
        p.codeVersion(),
        p.numbersChanged(),
        p.numbersRestated());
  }

  /**
   * The runs that were over when the newest publication was made, so that publishing the same again
   * shows the same.
   */
  /**
   * The lines of journal entries that had been exported when the last publication was first made.
   */
  private List<List<Object>> exportedEntries(List<PastPublication> publications) {
    if (publications.isEmpty()) {
      return List.of();
    }
    Instant until = publications.get(publications.size() - 1).publishedAt();
    List<List<Object>> rows = new ArrayList<>();
    for (PastJournal journal : request.history().journals().read()) {
      if (journal.recordedAt().isAfter(until)) {
        continue;
      }
      for (JournalEntry entry : journal.entries()) {
        for (JournalEntry.Line line : entry.lines()) {
          boolean isDebit = line.amount().signum() > 0;
          rows.add(
              List.of(
                  journal.practice(),
                  entry.location(),
                  entry.number(),
                  entry.adjusts(),
                  entry.date(),
                  entry.from(),
                  entry.to(),
                  line.position(),
                  line.account(),
                  line.memo(),
                  isDebit ? Optional.of(line.amount()) : Optional.empty(),
                  isDebit ? Optional.empty() : Optional.of(line.amount().negate()),
                  journal.recordedAt().atOffset(ZoneOffset.UTC),
                  journal.runId()));
        }
      }
    }
    return rows;
  }

  private List<List<Object>> runs(List<PastPublication> publications) {
    if (publications.isEmpty()) {
      return List.of();
    }
    Instant until = publications.get(publications.size() - 1).publishedAt();
    List<List<Object>> rows = new ArrayList<>();
    for (PastRun run : request.history().runs().read()) {
      boolean isOver = run.endedAt().filter(end -> !end.isAfter(until)).isPresent();
      if (isOver) {
        rows.add(
            List.of(
                rows.size() + 1L,
                run.command(),
                run.startedAt().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
                run.endedAt()
                    .map(end -> end.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC)),
                run.exitCode(),
                run.runId(),
                run.asOf().map(java.time.LocalDate::parse),
                run.knownAt(),
                run.filesIngested(),
                run.leftOut().size(),
                run.leftOut().isEmpty()
                    ? Optional.empty()
                    : Optional.of(String.join("\n", run.leftOut())),
                run.problem()));
      }
    }
    return rows;
  }
}
