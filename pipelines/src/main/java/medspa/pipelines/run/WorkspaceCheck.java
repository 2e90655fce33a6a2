package medspa.pipelines.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.pipelines.config.Workspace;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.history.History;
import medspa.warehouse.history.PastPublication;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.BronzeDamage;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.lake.SealedFolders;
import medspa.warehouse.lake.SealedFolders.Fault;
import medspa.warehouse.lake.SealedFolders.Kind;
import medspa.warehouse.publish.BatchRows;
import medspa.warehouse.query.QueryException;
import medspa.warehouse.query.WarehouseQuery;

/** Holds every file of a workspace against what was written, and changes nothing. */
public final class WorkspaceCheck {
  private static final String RUN = "the next `medspa run`";
  private static final String GIVE_UP =
      "a backup of it, else nothing: `medspa check --give-up` goes on without it";

  private final Workspace workspace;
  private final List<Problem> problems = new ArrayList<>();

  private WorkspaceCheck(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Something that is not as it was written.
   *
   * @param file which file
   * @param cost what it costs
   * @param remedy what heals it
   */
  public record Problem(Path file, String cost, String remedy) {
    /** In one line. */
    public String line() {
      return file + " is damaged. It costs " + cost + ". What heals it: " + remedy + ".";
    }
  }

  /** Every problem of a workspace that nobody writes meanwhile. */
  public static List<Problem> of(Workspace workspace) {
    WorkspaceCheck check = new WorkspaceCheck(workspace);
    check.bronze();
    Leftovers.lakes(workspace.lake()).forEach(check::state);
    check.smallFiles();
    check.history();
    check.books();
    check.warehouse();
    return List.copyOf(check.problems);
  }

  private void found(Path file, String cost, String remedy) {
    problems.add(new Problem(file, cost, remedy));
  }

  private void bronze() {
    Lake lake = workspace.lake();
    Set<Path> damaged = new HashSet<>();
    for (Fault<Batch> fault : lake.batches().faults()) {
      damaged.add(fault.file());
      switch (fault.kind()) {
        case LOG -> found(fault.file(), "nothing, the markers have it too", RUN);
        case MARKER -> found(fault.file(), "nothing, bronze.jsonl has it too", RUN);
        case UNLOGGED -> {
          damaged.remove(fault.file());
          unlogged(lake.batches().log());
        }
        case UNKNOWN -> found(fault.file(), "all rows of a file that nothing names", GIVE_UP);
        case CONTENT -> content(fault, lake);
      }
    }
    if (damaged.stream().noneMatch(file -> file.endsWith("batch.json"))) {
      BatchRows.contradicting(lake, Bronze.read(lake).all()).stream()
          .filter(file -> !damaged.contains(file))
          .forEach(file -> found(file, "rows that its marker tells of", GIVE_UP));
    }
  }

  /** A log that is not there is that of an earlier format, or is made by the next run. */
  private void unlogged(Path log) {
    if (Files.exists(log) && problems.stream().noneMatch(problem -> problem.file().equals(log))) {
      found(log, "nothing, the markers have it too", RUN);
    }
  }

  private void content(Fault<Batch> fault, Lake lake) {
    Batch batch = fault.value().orElseThrow();
    boolean counts =
        Bronze.read(lake).current().stream()
            .anyMatch(other -> other.sourceFileId().equals(batch.sourceFileId()));
    found(
        fault.file(),
        counts
            ? "what was read of " + batch.fileName()
            : "only looks back by --known-at: " + batch.fileName() + " was read again later",
        counts
            ? RUN + ", if " + batch.fileName() + " is as it was; else `medspa check --give-up`"
            : "`medspa check --give-up`");
  }

  private void state(Lake lake) {
    String again = "the time of one computation and no number";
    try {
      LakeState.read(lake)
          .map(state -> state.damaged(lake))
          .orElse(List.of())
          .forEach(file -> found(file, again, RUN));
    } catch (DamagedFileException e) {
      found(lake.state(), again, RUN);
    }
  }

  private void smallFiles() {
    Lake lake = workspace.lake();
    if (isDamaged(lake.format())) {
      found(lake.format(), "nothing", RUN);
    }
    if (isDamaged(lake.hashes())) {
      found(lake.hashes(), "the time of reading every export", RUN);
    }
    try {
      RefusedFile.read(lake);
    } catch (DamagedFileException e) {
      found(lake.refused(), "nothing, every ingestion makes it anew", RUN);
    }
  }

  private static boolean isDamaged(Path file) {
    try {
      if (Files.exists(file)) {
        LakeJson.read(file, Object.class);
      }
      return false;
    } catch (DamagedFileException e) {
      return true;
    }
  }

  private void history() {
    History history = workspace.history();
    for (Fault<PastPublication> fault : history.sealed().faults()) {
      switch (fault.kind()) {
        case LOG -> found(fault.file(), "nothing, the markers have it too", RUN);
        case MARKER -> found(fault.file(), "nothing, publications.jsonl has it too", RUN);
        case UNLOGGED -> unlogged(history.sealed().log());
        case UNKNOWN, CONTENT -> found(fault.file(), History.cost(fault), GIVE_UP);
      }
    }
    if (history.runs().damaged() > 0) {
      found(
          history.runs().file(), history.runs().damaged() + " lines about how past runs went", RUN);
    }
    if (history.deliveries().damaged() > 0) {
      found(
          history.deliveries().file(),
          "knowing what was sent to whom in "
              + history.deliveries().damaged()
              + " attempts, so that nothing is sent any more",
          GIVE_UP);
    }
  }

  private void books() {
    int damaged = workspace.history().journals().damaged();
    if (damaged > 0) {
      found(
          workspace.history().journals().file(),
          "knowing what was exported into the books in "
              + damaged
              + " exports, so that `medspa journal` ends with exit code 5",
          GIVE_UP);
    }
  }

  /** The warehouse opens, every value of it can be read, and it is the one published last. */
  private void warehouse() {
    Path file = workspace.warehouseFile();
    Path wal = file.resolveSibling(file.getFileName() + ".wal");
    if (Files.exists(wal)) {
      found(wal, "nothing, it is none of ours", "`medspa clean --yes`, or the next query");
      return;
    }
    if (!Files.exists(file)) {
      return;
    }
    String remedy = "`medspa publish`, which makes it anew";
    try (WarehouseQuery query =
        WarehouseQuery.open(file, WarehouseQuery.Limits.DEFAULT, WarehouseQuery.Results.WHOLE)) {
      for (String table : column(query, Definitions.resource("sql/check_tables.sql"))) {
        column(query, table);
      }
      List<String> run = column(query, "SELECT run_id AS value FROM runs");
      if (!lastRuns().contains(run.isEmpty() ? "" : run.get(0))) {
        found(file, "numbers that are none of the last publication", remedy);
      }
    } catch (QueryException e) {
      found(file, "every query and report until then", remedy);
    }
  }

  private static List<String> column(WarehouseQuery query, String sql) {
    return query.rows(sql, row -> row.text("value"));
  }

  /** The runs that the warehouse may be of: that of the lake, and that of the last publication. */
  private Set<String> lastRuns() {
    try {
      Set<String> runs =
          LakeState.read(workspace.lake()).map(LakeState::runId).stream()
              .collect(Collectors.toCollection(HashSet::new));
      List<PastPublication> publications = workspace.history().publications();
      if (!publications.isEmpty()) {
        runs.add(publications.get(publications.size() - 1).runId());
      }
      return runs;
    } catch (DamagedFileException e) {
      return Set.of();
    }
  }

  /**
   * Gives up what is damaged, after ingestion has read again what exports hold: it is set apart
   * below {@code lost}, and the next run goes on without it.
   *
   * @return a sentence about each
   */
  public static List<String> giveUp(Workspace workspace) {
    List<String> told = new ArrayList<>();
    Lake lake = workspace.lake();
    SealedFolders<Batch> batches = lake.batches();
    batches.mend();
    for (Fault<Batch> fault : batches.faults()) {
      if (fault.kind() == Kind.UNKNOWN) {
        batches.giveUp(fault.folder());
        told.add("Gave up " + fault.file().getParent() + ", of which nothing tells what it was.");
      }
    }
    BronzeDamage damage = BronzeDamage.find(lake);
    for (Batch batch : batches.values()) {
      if (damage.isOf(batch)) {
        batches.giveUp(batch.sourceFileId());
        told.add("Gave up what was " + damage.words(batch) + ".");
      }
    }
    History history = workspace.history();
    history.mend();
    SealedFolders<PastPublication> publications = history.sealed();
    for (Fault<PastPublication> fault : publications.faults()) {
      if (fault.kind() == Kind.UNKNOWN) {
        publications.giveUp(fault.folder());
        told.add("Gave up " + fault.file().getParent() + ": " + History.cost(fault));
      } else if (fault.kind() == Kind.CONTENT) {
        publications.giveUp(fault.folder(), fault.file());
        told.add("Gave up " + fault.file() + ": " + History.cost(fault));
      }
    }
    int deliveries = history.deliveries().damaged();
    if (deliveries > 0) {
      history.deliveries().giveUpDamaged();
      told.add("Gave up " + deliveries + " lines of " + history.deliveries().file() + ".");
    }
    int journals = history.journals().damaged();
    if (journals > 0) {
      history.journals().giveUpDamaged();
      told.add("Gave up " + journals + " lines of " + history.journals().file() + ".");
    }
    return told;
  }
}
