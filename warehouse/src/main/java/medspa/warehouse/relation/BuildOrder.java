package medspa.warehouse.relation;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.relation.Relation.Kind;
import medspa.warehouse.relation.Relation.Rows;

/**
 * The relations in an order in which each comes after all that its query reads. It follows from the
 * queries alone; among those that may come next the first by name does.
 */
public final class BuildOrder {
  private final List<Relation> relations;
  private final Map<String, Set<String>> reads;
  private final Map<String, Set<String>> readsOfChecks;
  private final Set<String> filled;

  private BuildOrder(
      List<Relation> relations,
      Map<String, Set<String>> reads,
      Map<String, Set<String>> readsOfChecks,
      Set<String> filled) {
    this.relations = relations;
    this.reads = reads;
    this.readsOfChecks = readsOfChecks;
    this.filled = filled;
  }

  /**
   * Derives the order.
   *
   * @throws medspa.warehouse.definition.InvalidDefinitionException naming each query that is no
   *     SELECT, reads what is no relation, or reads itself by way of others
   */
  public static BuildOrder of(Relations relations) {
    Map<String, Relation> byName = new TreeMap<>();
    relations.all().forEach(relation -> byName.put(relation.name(), relation));
    Problems problems = new Problems();
    Map<String, Set<String>> reads = new TreeMap<>();
    Map<String, Set<String>> readsOfChecks = new TreeMap<>();
    try (QueryReads parser = QueryReads.open()) {
      for (Relation relation : byName.values()) {
        String folder = "relations/" + relation.name() + "/";
        Set<String> read = new TreeSet<>();
        if (relation.rows() instanceof Rows.Query query) {
          read.addAll(read(parser, folder + "query.sql", query.sql(), byName, problems));
        }
        if (relation.additions().isPresent()) {
          read.addAll(
              read(parser, folder + "additions.sql", relation.additions().get(), byName, problems));
          // What is added may be compared with what was loaded.
          read.remove(relation.name());
        }
        for (String name : read) {
          if (relation.kind() != Kind.TABLE && !byName.get(name).isPublished()) {
            problems.add(
                folder + "query.sql",
                "reads " + name + ", which is not published, so that nobody could read it");
          }
        }
        reads.put(relation.name(), read);
        for (Map.Entry<String, String> check : relation.checks().entrySet()) {
          String file = folder + "checks/" + check.getKey() + ".sql";
          readsOfChecks.put(
              check.getValue(), read(parser, file, check.getValue(), byName, problems));
        }
      }
      for (Map.Entry<String, String> check : relations.checks().entrySet()) {
        String file = "checks/" + check.getKey() + ".sql";
        readsOfChecks.put(check.getValue(), read(parser, file, check.getValue(), byName, problems));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The queries of the warehouse cannot be parsed", e);
    }
    problems.failIfAny();
    List<Relation> order = sorted(byName, reads, problems);
    problems.failIfAny();
    return new BuildOrder(order, reads, readsOfChecks, reads.keySet());
  }

  /** All relations, each after those it reads. */
  public List<Relation> relations() {
    return relations;
  }

  /** The names of the relations that the query of a relation reads, or its additions. */
  public Set<String> reads(String relation) {
    return reads.get(relation);
  }

  /**
   * The same order, to fill some relations and what they follow from only, which costs a part of
   * the whole. The others are created and stay unchecked, and empty unless the program loads them.
   */
  public BuildOrder only(Set<String> wanted) {
    Set<String> needed = new TreeSet<>();
    wanted.forEach(name -> need(name, needed));
    return new BuildOrder(relations, reads, readsOfChecks, needed);
  }

  private void need(String relation, Set<String> needed) {
    if (needed.add(relation)) {
      reads.get(relation).forEach(read -> need(read, needed));
    }
  }

  /** Whether a relation is to be filled; all are, unless {@link #only} some are wanted. */
  public boolean isFilled(String relation) {
    return filled.contains(relation);
  }

  /** Whether all that a check reads is to be filled. */
  public boolean canCheck(String check) {
    return filled.containsAll(readsOfChecks.get(check));
  }

  private static Set<String> read(
      QueryReads parser, String file, String sql, Map<String, Relation> byName, Problems problems)
      throws SQLException {
    Set<String> known = new TreeSet<>();
    try {
      QueryReads.Reads reads = parser.of(sql);
      for (String table : reads.tables()) {
        if (byName.containsKey(table)) {
          known.add(table);
        } else {
          problems.add(file, "reads " + table + ", which is no relation");
        }
      }
      // Functions that are no macro of ours are DuckDB's.
      reads.functions().stream().filter(byName::containsKey).forEach(known::add);
    } catch (IllegalArgumentException e) {
      problems.add(file, "must be one SELECT: " + e.getMessage());
    }
    return known;
  }

  private static List<Relation> sorted(
      Map<String, Relation> byName, Map<String, Set<String>> reads, Problems problems) {
    Map<String, Relation> order = new LinkedHashMap<>();
    for (String name : byName.keySet()) {
      visit(name, byName, reads, order, new LinkedHashSet<>(), problems);
    }
    return List.copyOf(order.values());
  }

  private static void visit(
      String name,
      Map<String, Relation> byName,
      Map<String, Set<String>> reads,
      Map<String, Relation> order,
      Set<String> way,
      Problems problems) {
    if (order.containsKey(name)) {
      return;
    }
    if (!way.add(name)) {
      List<String> circle = new ArrayList<>(way);
      circle = circle.subList(circle.indexOf(name), circle.size());
      problems.add(
          "relations/" + name,
          "cannot be built, because it is read by what it reads: "
              + String.join(" reads ", circle)
              + " reads "
              + name);
      return;
    }
    for (String read : reads.get(name)) {
      visit(read, byName, reads, order, way, problems);
    }
    way.remove(name);
    order.put(name, byName.get(name));
  }
}
