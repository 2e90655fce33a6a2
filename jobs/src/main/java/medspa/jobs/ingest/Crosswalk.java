package medspa.jobs.ingest;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Identity.Kind;
import medspa.warehouse.query.Sql;
import org.duckdb.DuckDBConnection;

/**
 * The lines of the crosswalk that concern one source: replaces ids of its rows by the canonical
 * ones, before anything is judged or pseudonymised.
 */
final class Crosswalk {
  /** Leaves every id as it is. */
  static final Crosswalk NONE = new Crosswalk(List.of(), Optional.empty());

  /** No mapping's look-up has this name. */
  private static final String TABLE = "medspa_identities";

  private final List<Identity> lines;
  private final Optional<String> site;

  private Crosswalk(List<Identity> lines, Optional<String> site) {
    this.lines = lines;
    this.site = site;
  }

  /**
   * Those of the source among all lines; their order does not matter.
   *
   * @param site within which the source's client ids name one person, if not within the practice; a
   *     canonical id always holds within the practice
   */
  static Crosswalk of(Source source, List<Identity> all, Optional<String> site) {
    return new Crosswalk(
        all.stream()
            .filter(line -> line.source().equals(source.name()))
            .filter(
                line ->
                    !line.value().equals(line.canonicalId())
                        || (site.isPresent() && line.kind() == Kind.CLIENT))
            .sorted(Comparator.comparing(Crosswalk::key))
            .toList(),
        site);
  }

  private static String key(Identity line) {
    return line.kind().word() + '\u001f' + line.value();
  }

  /**
   * What changes when a file must be read again, or nothing. Lines may hold clients' ids, so it is
   * made under the key: nobody without it can try ids out.
   */
  Optional<String> digest(PseudonymKey key, String practiceId) {
    if (lines.isEmpty()) {
      return site.map(name -> key.pseudonym(practiceId, "site\u001e" + name));
    }
    StringBuilder text = new StringBuilder("identities");
    site.ifPresent(name -> text.append(name));
    for (Identity line : lines) {
      text.append('\u001e').append(key(line)).append('\u001f').append(line.canonicalId());
    }
    return Optional.of(key.pseudonym(practiceId, text.toString()));
  }

  /** Puts the lines beside the export, in its own database. */
  void load(DuckDBConnection connection) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE %s (kind VARCHAR, value VARCHAR, canonical_id VARCHAR)".formatted(TABLE));
    }
    try (var appender = connection.createAppender("main", TABLE)) {
      for (Identity line : lines) {
        appender.beginRow();
        appender.append(line.kind().word());
        appender.append(line.value());
        appender.append(line.canonicalId());
        appender.endRow();
      }
    }
  }

  /**
   * A query over the mapped rows that gives the same columns, the ids among them translated.
   *
   * @param mapped a query that gives {@code source_line}, {@code is_ragged}, {@code period_by} and
   *     the columns of the contract as text
   */
  String translated(TableContract contract, String mapped) {
    StringBuilder joins = new StringBuilder();
    List<String> columns = new ArrayList<>();
    boolean translated = false;
    for (Column column : contract.columns()) {
      String raw = "r." + Sql.identifier(column.name());
      String own = ownId(column, raw);
      Optional<Kind> kind = kindOf(column);
      if (kind.isEmpty()) {
        columns.add(own + " AS " + Sql.identifier(column.name()));
        translated |= !own.equals(raw);
        continue;
      }
      String alias = Sql.identifier("i_" + column.name());
      columns.add(
          "coalesce(%s.canonical_id, %s) AS %s"
              .formatted(alias, own, Sql.identifier(column.name())));
      joins.append(
          " LEFT JOIN %1$s %2$s ON %2$s.kind = %3$s AND %2$s.value = %4$s"
              .formatted(TABLE, alias, Sql.literal(kind.get().word()), raw));
    }
    return joins.isEmpty() && !translated
        ? mapped
        : "SELECT r.source_line, r.is_ragged, r.period_by, %s FROM (%s) r%s"
            .formatted(String.join(", ", columns), mapped, joins);
  }

  /** The id that the source itself gives: a client's names somebody within its site only. */
  private String ownId(Column column, String raw) {
    return column.type() == ColumnType.CLIENT && site.isPresent()
        ? Sql.literal(site.get()) + " || chr(31) || " + raw
        : raw;
  }

  /** The kind of the ids in a column, where the crosswalk has lines of that kind. */
  private Optional<Kind> kindOf(Column column) {
    return lines.stream()
        .map(Identity::kind)
        .filter(kind -> kind.columns().contains(column.name()))
        .findFirst();
  }
}
