package medspa.jobs.compute;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import medspa.jobs.compute.session.LocalSpark;
import medspa.jobs.compute.session.RunDirectories;
import medspa.jobs.compute.session.WorkSize;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.BronzeDamage;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.lake.Sha256;
import org.apache.spark.sql.SparkSession;

/**
 * Folds bronze into silver and computes the measures of gold.
 *
 * <p>The same batches, configuration, as-of and code give the same rows. Each dataset is written
 * into a new directory; the lake's state, replaced as the last act, makes them valid all at once. A
 * run that dies before leaves the old state valid, and the next run begins anew.
 */
public final class Computation {
  private Computation() {}

  /**
   * Computes what the request asks for, or nothing if the lake holds it already; then no Spark
   * session is started.
   *
   * @throws java.io.UncheckedIOException if the lake cannot be read or written
   * @throws IllegalArgumentException if the market contradicts itself
   */
  public static ComputeResult run(ComputeRequest request) {
    return run(
        request,
        (size, work) -> {
          Lake lake = request.lake();
          String master = request.sparkMaster().orElse("local[*]");
          SparkSession spark = LocalSpark.start(lake, master, size);
          try {
            return work.apply(spark);
          } finally {
            spark.stop();
            RunDirectories.delete(lake.scratch());
          }
        });
  }

  /** Gives a session that fits the size to the work and returns what it returns. */
  interface SessionScope {
    LakeState with(WorkSize size, Function<SparkSession, LakeState> work);
  }

  static ComputeResult run(ComputeRequest request, SessionScope scope) {
    Lake lake = request.lake();
    Bronze ingested = Bronze.read(lake);
    Bronze bronze = request.knownAt().map(ingested::knownAt).orElse(ingested);
    String runId = runId(request, bronze.current(), TableContracts.load().all());
    List<String> mended = new ArrayList<>();
    Optional<LakeState> valid = valid(lake, mended);
    if (valid.isPresent() && valid.get().runId().equals(runId) && !request.rebuild()) {
      return new ComputeResult(valid.get(), false, List.of());
    }
    BronzeDamage.refuse(lake, bronze.current());
    RunDirectories directories = RunDirectories.of(lake, runId, valid);
    LakeState state =
        scope.with(
            WorkSize.of(bronze.current()),
            spark -> new Run(request, bronze, runId, directories, spark).compute());
    state.write(lake);
    RunDirectories.sweep(lake, state);
    return new ComputeResult(state, true, List.copyOf(mended));
  }

  /**
   * The state of the lake, if it and all that it names is what was written. Silver and gold may be
   * deleted at any time; then they are computed again.
   *
   * @param mended told of each file that is damaged
   */
  private static Optional<LakeState> valid(Lake lake, List<String> mended) {
    Optional<LakeState> state;
    try {
      state = LakeState.read(lake);
    } catch (DamagedFileException e) {
      mended.add(again(lake.state()));
      return Optional.empty();
    }
    List<Path> damaged = state.map(valid -> valid.damaged(lake)).orElse(List.of());
    damaged.forEach(file -> mended.add(again(file)));
    return state.filter(valid -> damaged.isEmpty());
  }

  private static String again(Path file) {
    return file + " was damaged; everything is computed again, which cost the time of it.";
  }

  /**
   * Digest of everything that shapes the result. The contracts and the declarations of measures are
   * part of it beside the version of the program, because a build between two versions may know
   * other columns, or measure by day what was measured by week.
   */
  static String runId(ComputeRequest request, List<Batch> batches, List<TableContract> contracts) {
    StringBuilder inputs = new StringBuilder();
    batches.forEach(batch -> inputs.append(batch.sourceFileId()).append('\n'));
    inputs
        .append(request.configurationDigest())
        .append('\n')
        .append(request.asOf())
        .append('\n')
        .append(request.codeVersion());
    for (TableContract contract : contracts) {
      inputs.append('\n').append(contract.name());
      contract
          .columns()
          .forEach(
              column ->
                  inputs.append(' ').append(column.storedName()).append(':').append(column.type()));
    }
    ResourceFolder measures = ResourceFolder.shipped("measures");
    for (String file : measures.files()) {
      inputs.append('\n').append(file).append('\n').append(measures.text(file));
    }
    return Sha256.of(inputs.toString()).substring(0, 20);
  }
}
