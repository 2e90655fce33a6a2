package medspa.pipelines.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import medspa.pipelines.config.Workspace;
import medspa.warehouse.history.PastRun;
import medspa.warehouse.lake.Batch;

/**
 * What one command worked with and made, for programs: as a manifest of its own, and as the two
 * events of <a href="https://openlineage.io">OpenLineage</a> that its beginning and its end are.
 */
public final class RunManifest {
  private static final String PRODUCER = "urn:medspa-analytics:" + Version.CURRENT;
  private static final String SPECIFICATION = "https://openlineage.io/spec/";

  private final Workspace workspace;
  private final PastRun run;
  private final List<Batch> batches = new ArrayList<>();

  /** The manifest of a command that begins. */
  public RunManifest(Workspace workspace, PastRun run) {
    this.workspace = workspace;
    this.run = run;
  }

  /** Adds the files that were taken in. */
  public void ingested(List<Batch> files) {
    batches.addAll(files);
  }

  /**
   * The manifest: versions, times, the files that were taken in with their hashes and counts, and
   * what the command tells of its work.
   *
   * @param outcome what the command notes, such as {@code as_of} and {@code cpu_seconds}
   */
  public Map<String, Object> manifest(
      Map<String, Object> outcome, Instant end, ExitCode exit, Optional<String> problem) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("command", run.command());
    manifest.put("medspa_version", Version.CURRENT);
    manifest.put("java_version", Runtime.version().toString());
    manifest.put("started_at", run.startedAt().toString());
    manifest.put("ended_at", end.toString());
    manifest.put("seconds", Duration.between(run.startedAt(), end).toMillis() / 1000.0);
    manifest.put("exit_code", exit.code());
    problem.ifPresent(words -> manifest.put("problem", words));
    manifest.put("configuration_sha256", workspace.configurationDigest());
    manifest.put("inputs", batches.stream().map(RunManifest::input).toList());
    manifest.put("outcome", outcome);
    return manifest;
  }

  private static Map<String, Object> input(Batch batch) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("file", batch.fileName());
    input.put("source", batch.source());
    input.put("mapping", batch.mapping());
    input.put("sha256", batch.sha256());
    Map<String, Object> tables = new LinkedHashMap<>();
    for (Batch.TableCounts counts : batch.tables()) {
      tables.put(
          counts.table(),
          Map.of(
              "read", counts.rowsRead(),
              "accepted", counts.rowsAccepted(),
              "rejected", counts.rowsRejected()));
    }
    input.put("rows", tables);
    return input;
  }

  /** The event of the beginning. */
  public Map<String, Object> started() {
    return event("START", run.startedAt(), Map.of(), List.of(), List.of());
  }

  /** The event of the end: COMPLETE if what could be done is done, else FAIL. */
  public Map<String, Object> ended(
      Map<String, Object> outcome, Instant end, ExitCode exit, Optional<String> problem) {
    Map<String, Object> facets = new LinkedHashMap<>();
    facets.put(
        "processing_engine",
        facet(
            "facets/1-1-1/ProcessingEngineRunFacet.json",
            Map.of("name", "medspa", "version", Version.CURRENT)));
    problem.ifPresent(
        words ->
            facets.put(
                "errorMessage",
                facet(
                    "facets/1-0-0/ErrorMessageRunFacet.json",
                    Map.of("message", words, "programmingLanguage", "JAVA"))));
    List<Map<String, Object>> outputs = new ArrayList<>();
    if (outcome.get("warehouse") instanceof String warehouse) {
      outputs.add(
          dataset(Path.of(warehouse), String.valueOf(outcome.getOrDefault("run_id", run.id()))));
    }
    return event(
        switch (exit) {
          case DONE, NOTHING_TO_DO, DATA_REFUSED -> "COMPLETE";
          default -> "FAIL";
        },
        end,
        facets,
        batches.stream()
            .map(batch -> dataset(workspace.directory().resolve(batch.fileName()), batch.sha256()))
            .toList(),
        outputs);
  }

  private Map<String, Object> event(
      String type,
      Instant at,
      Map<String, Object> facets,
      List<Map<String, Object>> inputs,
      List<Map<String, Object>> outputs) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventType", type);
    event.put("eventTime", at.toString());
    event.put("producer", PRODUCER);
    event.put("schemaURL", SPECIFICATION + "2-0-2/OpenLineage.json#/$defs/RunEvent");
    String id = workspace.directory() + " " + run.id();
    event.put(
        "run",
        Map.of(
            "runId",
            UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString(),
            "facets",
            facets));
    event.put(
        "job",
        Map.of("namespace", workspace.directory().toString(), "name", "medspa." + run.command()));
    event.put("inputs", inputs);
    event.put("outputs", outputs);
    return event;
  }

  private static Map<String, Object> dataset(Path file, String version) {
    return Map.of(
        "namespace",
        "file",
        "name",
        file.toString(),
        "facets",
        Map.of(
            "version",
            facet(
                "facets/1-0-1/DatasetVersionDatasetFacet.json",
                Map.of("datasetVersion", version))));
  }

  private static Map<String, Object> facet(String schema, Map<String, Object> content) {
    Map<String, Object> facet = new LinkedHashMap<>(content);
    facet.put("_producer", PRODUCER);
    facet.put("_schemaURL", SPECIFICATION + schema);
    return facet;
  }
}
