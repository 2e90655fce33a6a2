package medspa.warehouse.publish;

import static medspa.warehouse.query.Sql.identifier;
import static medspa.warehouse.query.Sql.literal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.market.Market.Detail;
import medspa.warehouse.relation.BuildOrder;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Field;
import medspa.warehouse.relation.Relations;

/**
 * Writes what one audience may see of a published warehouse into a file of its own: the same
 * relations and comments, with the rows of its practices and of others only statistics. Rows are
 * copied into a new file, so that nothing of others is in its bytes. A relation that says nothing
 * of audiences gives nothing.
 */
public final class Extract {
  /** Columns that lead to an export or to a single row of one, besides the keys of facts. */
  private static final Set<String> OF_ROWS =
      Set.of("client_key", "visit_id", "source_file_id", "source_line", "file_name");

  /** Where a DuckDB file says that it is one. */
  private static final int MAGIC_AT = 8;

  private static final String MAGIC = "DUCK";

  private static final Set<String> OF_PLACES = Set.of("practice_id", "location_id");

  private final TableContracts contracts = TableContracts.load();
  private final Relations relations = Relations.load();

  /**
   * Who gets an extract.
   *
   * @param kind practice or consultant
   * @param id of the practice or consultant
   */
  public record Audience(Kind kind, String id) {
    /** Who an audience can be. */
    public enum Kind {
      /** A practice: its own rows. */
      PRACTICE,
      /** A consultant: the practices that engaged him or her, as far as the configuration says. */
      CONSULTANT
    }

    String word() {
      return kind == Audience.Kind.PRACTICE ? "practice" : "consultant";
    }
  }

  /**
   * What to write.
   *
   * @param warehouseFile the published warehouse
   * @param target the file, replaced if it is there
   * @param parquet a folder that gets each relation as a Parquet file, too; replaced if it is there
   */
  public record Request(
      Path warehouseFile, Audience audience, Path target, Optional<Path> parquet) {}

  /**
   * What was written.
   *
   * @param practices whose rows it holds
   * @param detail how far into them it goes
   * @param rows rows of each stored relation, by its name
   */
  public record Written(List<String> practices, Detail detail, Map<String, Long> rows) {}

  /** Whose rows an audience gets. */
  private record Scope(List<String> practices, Detail detail) {}

  /**
   * Writes an extract. The file and the folder are written beside their places and moved there when
   * they are whole.
   *
   * @throws IllegalArgumentException if there is no such practice or consultant, or the target is
   *     the warehouse itself
   * @throws NothingComputedException if there is no warehouse
   * @throws PublishException if the warehouse cannot be read or the extract cannot be written
   */
  public Written write(Request request) {
    Path published = request.warehouseFile().toAbsolutePath().normalize();
    Path target = request.target().toAbsolutePath().normalize();
    if (!Files.isRegularFile(published)) {
      throw new NothingComputedException(
          "There is no warehouse at " + published + " yet; run medspa run first");
    }
    if (target.equals(published)) {
      throw new IllegalArgumentException(
          "The extract would replace the warehouse " + published + "; name another file with -o");
    }
    refuseUnlessOurs(target);
    Path built = target.resolveSibling("." + target.getFileName() + ".new");
    Path spill = target.resolveSibling("." + target.getFileName() + ".tmp");
    Optional<Path> folder = request.parquet().map(path -> path.toAbsolutePath().normalize());
    if (folder.isPresent()) {
      refuseUnlessParquet(folder.get());
    }
    Optional<Path> beside =
        folder.map(path -> path.resolveSibling("." + path.getFileName() + ".new"));
    try {
      Files.createDirectories(target.getParent());
      remove(built, spill, beside);
      try {
        Written written = build(request.audience(), published, built, spill, beside);
        Publisher.swap(built, target);
        if (folder.isPresent()) {
          DiskFiles.remove(folder.get());
          DiskFiles.move(beside.orElseThrow(), folder.get());
        }
        return written;
      } finally {
        remove(built, spill, beside);
      }
    } catch (SQLException e) {
      throw new PublishException("The extract cannot be made: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new PublishException("The extract cannot be written at " + target + ": " + e, e);
    }
  }

  private Written build(
      Audience audience, Path published, Path built, Path spill, Optional<Path> parquet)
      throws SQLException, IOException {
    try (BuildConnection build = BuildConnection.create(built, spill)) {
      build.execute("ATTACH " + literal(published.toString()) + " AS published (READ_ONLY)");
      Scope scope = scope(build, audience);
      BuildOrder order = BuildOrder.of(relations);
      WarehouseSchema schema = new WarehouseSchema(order);
      build.together(() -> schema.create(build));
      for (String practice : scope.practices()) {
        build.insert(
            "audience",
            List.of(List.of(practice, audience.word(), audience.id(), scope.detail().word())));
      }
      Map<String, Long> rows = new LinkedHashMap<>();
      for (Relation relation : relations.published()) {
        if (relation.kind() == Relation.Kind.TABLE) {
          if (!relation.name().equals("audience")) {
            fill(build, relation, scope);
          }
          rows.put(relation.name(), build.count(relation.name()));
        }
      }
      build.together(() -> schema.comment(build));
      if (parquet.isPresent()) {
        Files.createDirectories(parquet.get());
        for (String name : rows.keySet()) {
          build.execute(
              "COPY "
                  + identifier(name)
                  + " TO "
                  + literal(parquet.get().resolve(name + ".parquet").toString())
                  + " (FORMAT parquet)");
        }
      }
      build.execute("DETACH published");
      build.detach();
      return new Written(scope.practices(), scope.detail(), rows);
    }
  }

  /** What is replaced is a database file; nobody's other file is lost to a wrong name. */
  private static void refuseUnlessOurs(Path target) {
    if (!Files.exists(target)) {
      return;
    }
    byte[] magic = new byte[MAGIC_AT + MAGIC.length()];
    try (InputStream bytes = Files.newInputStream(target)) {
      if (bytes.readNBytes(magic, 0, magic.length) == magic.length
          && new String(magic, MAGIC_AT, MAGIC.length(), StandardCharsets.ISO_8859_1)
              .equals(MAGIC)) {
        return;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          target + " is there and cannot be read; name another file with -o", e);
    }
    throw new IllegalArgumentException(
        target + " is there and is no DuckDB file; name another file with -o");
  }

  private static void refuseUnlessParquet(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.allMatch(file -> file.toString().endsWith(".parquet"))) {
        return;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          folder + " is there and is no folder that can be read; name another one", e);
    }
    throw new IllegalArgumentException(
        folder + " holds other files than Parquet, which would be lost; name another folder");
  }

  /** Copies the rows of a relation that the audience may see, if any. */
  private void fill(BuildConnection build, Relation relation, Scope scope) throws SQLException {
    boolean isOfRows = isOfRows(relation);
    boolean hasPractice =
        relation.columns().stream().map(Field::name).anyMatch("practice_id"::equals);
    String source = "published." + identifier(relation.name());
    if (isOfRows && scope.detail() == Detail.AGGREGATES) {
      return;
    }
    if (relation.extract().isPresent()) {
      WarehouseSchema.fill(build, relation, relation.extract().get());
    } else if (relation.isForEveryone()) {
      WarehouseSchema.fill(build, relation, "FROM " + source);
    } else if (hasPractice) {
      WarehouseSchema.fill(
          build,
          relation,
          "FROM " + source + " WHERE practice_id IN (SELECT practice_id FROM audience)");
    }
  }

  /** Whether rows of a relation lead to a client, an appointment or another row of an export. */
  private boolean isOfRows(Relation relation) {
    Set<String> keys = new HashSet<>(OF_ROWS);
    for (TableContract contract : contracts.all()) {
      if (contract.kind() == TableContract.Kind.FACT) {
        keys.addAll(contract.storedKey());
      }
    }
    keys.removeAll(OF_PLACES);
    boolean isReference =
        contracts.all().stream()
            .anyMatch(
                contract ->
                    contract.name().equals(relation.name())
                        && contract.kind() == TableContract.Kind.REFERENCE
                        && !contract.storedKey().contains("client_key"));
    return !isReference && relation.columns().stream().map(Field::name).anyMatch(keys::contains);
  }

  private static Scope scope(BuildConnection build, Audience audience) throws SQLException {
    Set<String> known = new TreeSet<>();
    List<String> practices = new ArrayList<>();
    Set<String> details = new TreeSet<>();
    boolean isPractice = audience.kind() == Audience.Kind.PRACTICE;
    build.each(
        isPractice
            ? "SELECT practice_id, practice_id, 'rows' FROM published.practices ORDER BY ALL"
            : "SELECT consultant_id, practice_id, detail FROM published.consultants ORDER BY ALL",
        row -> {
          known.add(row.getString(1));
          if (row.getString(1).equals(audience.id())) {
            practices.add(row.getString(2));
            details.add(row.getString(3));
          }
        });
    if (practices.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no "
              + audience.word()
              + " "
              + audience.id()
              + " in the warehouse; "
              + (known.isEmpty()
                  ? "it knows none. Name them under " + audience.word() + "s: in medspa.yaml"
                  : "there are " + String.join(", ", known))
              + ". What is new in medspa.yaml is there after the next `medspa run`.");
    }
    return new Scope(
        practices, details.equals(Set.of(Detail.ROWS.word())) ? Detail.ROWS : Detail.AGGREGATES);
  }

  private static void remove(Path built, Path spill, Optional<Path> parquet) throws IOException {
    Files.deleteIfExists(built);
    Files.deleteIfExists(built.resolveSibling(built.getFileName() + ".wal"));
    DiskFiles.remove(spill);
    if (parquet.isPresent()) {
      DiskFiles.remove(parquet.get());
    }
  }
}
