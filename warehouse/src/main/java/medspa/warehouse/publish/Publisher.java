package medspa.warehouse.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.history.PastPublication;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition.Need;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.BronzeDamage;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.relation.BuildOrder;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Kind;
import medspa.warehouse.relation.Relation.Step;
import medspa.warehouse.relation.Relations;

/**
 * Publishes the warehouse: one DuckDB file, built beside the published one, checked, and renamed
 * over it. A reader that has the old file open keeps it; one that opens it later sees the new one.
 * Whatever fails, the old file stays as it was and the new one is removed; a run that is killed
 * leaves the new file's remains beside the old, and the next publication sweeps them.
 *
 * <p>What a publication changes is prepared in the history before the swap and committed after it.
 *
 * <p>Within one JVM the DuckDB driver gives every connection to a path the file that the first one
 * opened: connections to the old warehouse must be closed before the new one is seen.
 */
public final class Publisher {
  private final TableContracts contracts;
  private final MeasureCatalogue measures;
  private final KpiCatalogue catalogue;
  private final Relations relations;

  private final BuildOrder order;

  /** With the shipped definitions. */
  public Publisher() {
    this(TableContracts.load(), MeasureCatalogue.load(), KpiCatalogue.load(), Relations.load());
  }

  Publisher(
      TableContracts contracts,
      MeasureCatalogue measures,
      KpiCatalogue catalogue,
      Relations relations) {
    this(contracts, measures, catalogue, relations, BuildOrder.of(relations));
  }

  private Publisher(
      TableContracts contracts,
      MeasureCatalogue measures,
      KpiCatalogue catalogue,
      Relations relations,
      BuildOrder order) {
    this.contracts = contracts;
    this.measures = measures;
    this.catalogue = catalogue;
    this.relations = relations;
    this.order = order;
  }

  /** One that fills some relations and what they follow from only: {@link BuildOrder#only}. */
  Publisher only(Set<String> wanted) {
    return new Publisher(contracts, measures, catalogue, relations, order.only(wanted));
  }

  /** Whether it fills a relation. */
  boolean fills(String relation) {
    return order.isFilled(relation);
  }

  /**
   * Publishes the state of the lake.
   *
   * @throws NothingComputedException if nothing has been computed yet
   * @throws DamagedFileException if a file of lake or history is not what was written
   * @throws CheckFailedException if the numbers contradict each other
   * @throws PublishException if the file cannot be built or put in its place
   */
  public Publication publish(PublishRequest request) {
    LakeState state =
        LakeState.read(request.lake())
            .orElseThrow(
                () ->
                    new NothingComputedException(
                        "Nothing has been computed in "
                            + request.lake().directory()
                            + " yet; run medspa compute first"));
    state.refuseDamage(request.lake());
    BronzeDamage.refuse(
        request.lake(), ConfiguredRows.batchesOf(state, Bronze.read(request.lake())));
    Path target = request.warehouseFile().toAbsolutePath();
    Path built = beside(target, "." + target.getFileName() + ".new");
    Path spill = beside(target, "." + target.getFileName() + ".tmp");
    try {
      Files.createDirectories(target.getParent());
      remove(built, spill);
      try {
        List<String> mended = List.of();
        if (state.knownAt().isEmpty()) {
          PublishedBefore.heal(request.history(), target);
          mended = request.history().mend();
        }
        request.history().refuseDamage();
        Built warehouse = build(request, state, built, spill);
        request.progress().accept("Putting the new warehouse in its place");
        swap(built, target);
        if (warehouse.remembered().isPresent()) {
          request.history().commit(warehouse.remembered().get().number());
        }
        return new Publication(
            target,
            state.runId(),
            warehouse.rows(),
            warehouse.remembered().map(PastPublication::numbersRestated).orElse(0L),
            mended);
      } finally {
        remove(built, spill);
      }
    } catch (SQLException e) {
      throw new PublishException("The warehouse cannot be built: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new PublishException("The warehouse cannot be written at " + target + ": " + e, e);
    }
  }

  /** A warehouse that waits to be put in its place, and what history will remember of it. */
  private record Built(Map<String, Long> rows, Optional<PastPublication> remembered) {}

  private Built build(PublishRequest request, LakeState state, Path built, Path spill)
      throws SQLException, IOException {
    try (BuildConnection build = BuildConnection.create(built, spill)) {
      Derivation derivation = fill(build, request, state);

      request.progress().accept("Comparing with what was published before");
      Optional<PastPublication> remembered =
          new PublishedBefore(build, request, state).compare(relations, contracts, derivation);

      request.progress().accept("Checking");
      check(build);
      WarehouseSchema schema = new WarehouseSchema(order);
      build.together(() -> schema.comment(build));
      Map<String, Long> rows = new LinkedHashMap<>();
      for (Relation relation : relations.published()) {
        if (relation.kind() == Kind.TABLE) {
          rows.put(relation.name(), build.count(relation.name()));
        }
      }
      build.detach();
      return new Built(Collections.unmodifiableMap(rows), remembered);
    }
  }

  /**
   * Creates all relations and fills those that follow from configuration and lake, without what was
   * published before and unchecked.
   */
  Derivation fill(BuildConnection build, PublishRequest request, LakeState state)
      throws SQLException {
    List<Batch> batches = ConfiguredRows.batchesOf(state, Bronze.read(request.lake()));
    build.together(() -> new WarehouseSchema(order).create(build));

    ConfiguredRows configured = new ConfiguredRows(build);
    configured.insertMarket(request.market());
    configured.insertPublishedFigures(request.market());
    configured.insertIdentities(request.identities());
    configured.insertMeasures(measures, contracts);
    configured.insertCatalogue(catalogue);
    configured.insertRun(state, request.codeVersion());
    configured.insertPeriods(request.market(), state);

    request.progress().accept("Copying the current rows");
    LakeTables lake = new LakeTables(build, request.lake(), state);
    lake.loadCanonical(contracts);
    lake.loadRelations(relations);
    lake.loadDeletedRows(relations.relation("deleted_rows"), contracts);
    new IngestedFiles(build, relations).load(request.lake(), batches);
    lake.loadMeasures(relations.relation("measures_weekly"), relations.relation("measures_daily"));
    lake.collectEvidence(contracts, neededTables());

    request.progress().accept("Dividing measures into KPIs and comparing peers");
    Derivation derivation = new Derivation(build, order);
    derivation.after(Step.CONFIGURATION);
    derivation.after(Step.LAKE);
    new JudgedLevels(build).insert();
    derivation.after(Step.JUDGEMENT);
    return derivation;
  }

  /** Throws a {@link CheckFailedException} if the numbers contradict each other. */
  void check(BuildConnection build) throws SQLException {
    WarehouseChecks.run(build, order, relations.checks());
  }

  private List<String> neededTables() {
    return catalogue.all().stream()
        .flatMap(kpi -> kpi.needs().stream())
        .map(Need::table)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  /** Makes a built file read-only and puts it in its place, safe on disk. */
  static void swap(Path built, Path target) throws IOException {
    if (Files.getFileStore(built).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("r--r--r--"));
    } else if (!built.toFile().setReadOnly()) {
      throw new IOException(built + " cannot be made read-only");
    }
    DiskFiles.force(built);
    // Nobody writes the published file, so a log beside it is none of ours: DuckDB would replay it
    // into the new file.
    Files.deleteIfExists(beside(target, target.getFileName() + ".wal"));
    DiskFiles.replace(built, target);
  }

  private static Path beside(Path target, String name) {
    return target.resolveSibling(name);
  }

  /** Removes what a build leaves, after success, failure or a kill. */
  private static void remove(Path built, Path spill) throws IOException {
    Files.deleteIfExists(built);
    Files.deleteIfExists(beside(built, built.getFileName() + ".wal"));
    DiskFiles.remove(spill);
  }
}
