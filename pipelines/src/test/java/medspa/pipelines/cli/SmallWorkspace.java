package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A practice of five small exports in two deliveries, which have of everything that bronze keeps
 * files of: rows that a delivery deletes, rows that are rejected, replaced within their file, and
 * rejected because an earlier file told them.
 */
record SmallWorkspace(Path directory) {
  static final String AS_OF = "2026-06-15";

  /** Relations that tell how often and when something ran, and columns that tell when. */
  private static final Set<String> OF_RUNS = Set.of("run_history");

  private static final Set<String> OF_CLOCKS =
      Set.of("ingested_at", "published_at", "restated_at", "previously_published_at");

  private static final String APPOINTMENTS =
      "appointment_id,location_id,client_id,provider_id,start_at,end_at,status\n";
  private static final String SALES =
      "sale_id,line_id,location_id,client_id,provider_id,sold_at,kind,quantity,gross_amount,discount_amount\n";
  private static final String PAYMENTS = "payment_id,location_id,sale_id,paid_at,tender,amount\n";

  /** With the configuration and the first delivery. */
  static SmallWorkspace in(Path directory) throws IOException {
    SmallWorkspace workspace = new SmallWorkspace(directory);
    workspace.write(
        "medspa.yaml",
        """
        currency: USD
        pseudonym_key_file: key
        reject_limit: 0.5
        practices:
          - id: glow
            name: Glow
            locations: [{id: austin, name: Austin, time_zone: America/Chicago}]
        sources:
          - {name: schedule, format: medspa, table: appointments, practice: glow, from: 'exports/schedule-*.csv', delivery: window}
          - {name: sales, format: medspa, table: sale_lines, practice: glow, from: 'exports/sales-*.csv'}
          - {name: payments, format: medspa, table: payments, practice: glow, from: 'exports/payments-*.csv', delivery: append}
        """);
    workspace.write("key", "0123456789abcdef0123456789abcdef");
    workspace.write(
        "exports/schedule-2026-06-08.csv",
        APPOINTMENTS
            + "A1,austin,C1,P1,2026-06-02T09:00,2026-06-02T10:00,completed\n"
            + "A2,austin,C2,P1,2026-06-02T10:00,2026-06-02T11:00,booked\n");
    workspace.write(
        "exports/sales-2026-06-15.csv",
        SALES
            + "S1,1,austin,C1,P1,2026-06-02T10:00,service,1,300,0\n"
            + "S1,1,austin,C1,P1,2026-06-02T10:00,service,1,310,0\n"
            + "S2,1,austin,C1,P1,2026-06-09T10:00,service,1,200,0\n"
            + "S3,1,austin,C1,P1,2026-06-09T10:00,service,1,many,0\n");
    workspace.write(
        "exports/payments-2026-06-08.csv", PAYMENTS + "Y1,austin,S1,2026-06-02T10:05,card,100\n");
    return workspace;
  }

  /** The second delivery: it deletes A1, and tells Y1 again, with another amount. */
  SmallWorkspace deliverMore() throws IOException {
    write(
        "exports/schedule-2026-06-15.csv",
        APPOINTMENTS
            + "A2,austin,C2,P1,2026-06-02T10:00,2026-06-02T11:00,no_show\n"
            + "A3,austin,C1,P1,2026-06-09T09:00,2026-06-09T10:00,completed\n");
    write(
        "exports/payments-2026-06-15.csv",
        PAYMENTS
            + "Y1,austin,S1,2026-06-02T10:05,card,120\n"
            + "Y2,austin,S2,2026-06-09T10:05,card,200\n");
    return this;
  }

  void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** The same files in another place. */
  SmallWorkspace copiedTo(Path target) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.toList()) {
        Path copy = target.resolve(directory.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return new SmallWorkspace(target);
  }

  /** The files that the program has written, by their path in the workspace. */
  List<String> files() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> directory.relativize(path).toString())
          .filter(path -> !path.startsWith("exports/"))
          .filter(path -> !Set.of("medspa.yaml", "key").contains(path))
          .sorted()
          .toList();
    }
  }

  CommandRun run(String command, String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of(command, "-w", directory.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** Ingests, computes and publishes, until one of them fails; what all have said. */
  CommandRun work() {
    String said = "";
    for (String[] command :
        new String[][] {{"ingest"}, {"compute", "--as-of", AS_OF}, {"publish"}}) {
      CommandRun run = run(command[0], Stream.of(command).skip(1).toArray(String[]::new));
      said += run.err();
      if (run.exit() != 0 && run.exit() != 99) {
        return new CommandRun(run.exit(), "", said);
      }
    }
    return new CommandRun(0, "", said);
  }

  SmallWorkspace worked() {
    CommandRun run = work();
    assertThat(run.exit()).as(run.err()).isZero();
    return this;
  }

  /** The relations that are others, by how their rows differ. */
  static Map<String, String> differences(Map<String, String> expected, Map<String, String> found) {
    Map<String, String> differences = new TreeMap<>();
    expected.forEach(
        (name, rows) -> {
          if (!rows.equals(found.get(name))) {
            differences.put(
                name,
                "lacks "
                    + rows.lines()
                        .filter(row -> !found.getOrDefault(name, "").contains(row))
                        .toList()
                    + ", has "
                    + found
                        .getOrDefault(name, "")
                        .lines()
                        .filter(row -> !rows.contains(row))
                        .toList());
          }
        });
    return differences;
  }

  /** Every published relation as text, what tells of runs and clocks left out. */
  Map<String, String> relations() {
    Path warehouse = directory.resolve("warehouse/medspa.duckdb");
    Properties settings = new Properties();
    settings.setProperty("duckdb.read_only", "true");
    Map<String, String> relations = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse, settings);
        Statement statement = connection.createStatement()) {
      Map<String, List<String>> columns = new TreeMap<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema ="
                  + " 'main' ORDER BY ALL")) {
        while (rows.next()) {
          if (!OF_RUNS.contains(rows.getString(1)) && !OF_CLOCKS.contains(rows.getString(2))) {
            columns
                .computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                .add('"' + rows.getString(2) + '"');
          }
        }
      }
      for (Map.Entry<String, List<String>> relation : columns.entrySet()) {
        String list = relation.getValue().stream().collect(Collectors.joining(", "));
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT coalesce(string_agg(CAST(r AS VARCHAR), chr(10) ORDER BY CAST(r AS VARCHAR)),"
                    + " '') FROM (SELECT "
                    + list
                    + " FROM \""
                    + relation.getKey()
                    + "\") r")) {
          rows.next();
          relations.put(relation.getKey(), rows.getString(1));
        }
      }
      return relations;
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read " + warehouse, e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
