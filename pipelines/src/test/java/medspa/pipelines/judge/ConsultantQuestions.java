package medspa.pipelines.judge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The questions of the page for consultants, its statements taken from the page itself, and what
 * their answers must be: reckoned from appointments, minutes and sales, not from what the
 * statements read.
 */
final class ConsultantQuestions {
  private static final Pattern QUESTION =
      Pattern.compile("\\*\\*(\\d+)\\. (.*?)\\*\\*.*?```sql\n(.*?);\n```", Pattern.DOTALL);

  /** Days of the last 13 weeks. */
  private static final String SPAN =
      """
      span AS (
        SELECT last_week_start - 84 AS first_day, last_week_start + 6 AS last_day,
          last_week_start AS last_week
        FROM runs
      )
      """;

  /**
   * By question: a statement over {@code answer} that counts what was checked and what is wrong.
   */
  private static final Map<Integer, List<String>> CHECKS =
      Map.of(
          1,
          List.of(
              """
              SELECT count(*),
                count(*) FILTER (abs(expected - (reference - kept / bookable) * net / kept
                  * bookable * 0.5 / 13) > 0.02)
              FROM answer a
              JOIN locations l ON l.name = a.location
              JOIN (
                SELECT location_id, sum(bookable_minutes) AS bookable, sum(kept_minutes) AS kept
                FROM provider_minutes_weekly, span
                WHERE week_start BETWEEN first_day AND last_week
                GROUP BY ALL
              ) m USING (location_id)
              JOIN (
                SELECT location_id, CAST(sum(net_amount) AS DOUBLE) AS net
                FROM sale_lines, span
                WHERE kind = 'service' AND local_date BETWEEN first_day AND last_day
                GROUP BY ALL
              ) s USING (location_id)
              WHERE a.kpi = 'Fill rate' AND a.held_against = 'target'
              """,
              """
              SELECT count(*), count(*) FILTER (place > 3 OR most > before OR most < another)
              FROM (
                SELECT place, max(expected) AS most,
                  lag(max(expected)) OVER (ORDER BY place) AS before
                FROM answer
                GROUP BY place
              )
              CROSS JOIN (
                SELECT max(g.expected) AS another
                FROM portfolio_gaps g
                JOIN locations l USING (location_id)
                WHERE consultant_id = 'second-look'
                  AND l.name NOT IN (SELECT location FROM answer)
              )
              """),
          2,
          List.of(
              """
              SELECT count(*),
                count(*) FILTER (abs(a.value - w.value) > 0.0006)
                  + count(*) FILTER ((a.peers_median IS NULL) <> (a.withheld_reason IS NOT NULL))
              FROM answer a
              JOIN (
                SELECT l.name AS location, d.label AS kpi, r.weeks,
                  CAST(sum(k.numerator) AS DOUBLE) / CAST(sum(k.denominator) AS DOUBLE) AS value
                FROM kpi_weekly k
                JOIN locations l USING (practice_id, location_id)
                JOIN kpi_definitions d USING (kpi), span, (VALUES (4), (13)) r(weeks)
                WHERE week_start > last_week - 7 * r.weeks AND week_start <= last_week
                GROUP BY ALL
              ) w ON w.location = a.location AND w.kpi = a.kpi AND w.weeks = a.weeks
              """),
          3,
          List.of(
              """
              SELECT count(*),
                count(*) FILTER (abs(a.a_week_since - s.since) > 0.01
                  OR abs(a.a_week_before - s.before) > 0.01
                  OR a.change <> a.a_week_since - a.a_week_before)
              FROM answer a
              JOIN (
                SELECT l.name AS location, r.weeks,
                  sum(net_amount) FILTER (local_date > last_day - 7 * r.weeks) / any_value(r.weeks) AS since,
                  sum(net_amount) FILTER (local_date <= last_day - 7 * r.weeks) / any_value(r.weeks) AS before
                FROM sale_lines
                JOIN locations l USING (practice_id, location_id), span, (VALUES (4), (13)) r(weeks)
                WHERE kind IN ('service', 'retail', 'fee')
                  AND local_date > last_day - 14 * r.weeks AND local_date <= last_day
                GROUP BY ALL
              ) s ON s.location = a.location AND s.weeks = a.weeks
              """),
          4,
          List.of(
              """
              SELECT count(*),
                count(*) FILTER (abs(a.no_show_rate - v.rate) > 0.00006
                  OR abs(a.visits_due_a_week - v.due / 13) > 0.06)
              FROM answer a
              JOIN (
                SELECT p.name AS practice, count(*) AS due,
                  count(*) FILTER (outcome = 'no_show') / CAST(count(*) AS DOUBLE) AS rate
                FROM visits
                JOIN practices p USING (practice_id), span
                WHERE outcome IN ('attended', 'no_show', 'late_cancelled')
                  AND visit_date BETWEEN first_day AND last_day
                GROUP BY ALL
              ) v ON v.practice = a.practice
              """,
              """
              SELECT count(*), count(*) FILTER (abs(a.dollars_a_week - lost) > 0.05)
              FROM answer a
              JOIN (
                SELECT p.name AS practice, sum(round(no_show * gross / kept, 2)) / 13 AS lost
                FROM (
                  SELECT practice_id, location_id, week_start,
                    CAST(sum(kept_minutes) AS DOUBLE) AS kept,
                    CAST(sum(no_show_minutes) AS DOUBLE) AS no_show
                  FROM provider_minutes_weekly, span
                  WHERE week_start BETWEEN first_day AND last_week
                  GROUP BY ALL
                )
                JOIN (
                  SELECT practice_id, location_id, d.week_start,
                    CAST(sum(gross_amount) AS DOUBLE) AS gross
                  FROM sale_lines s
                  JOIN dates d ON d.date = s.local_date
                  WHERE kind = 'service'
                  GROUP BY ALL
                ) USING (practice_id, location_id, week_start)
                JOIN practices p USING (practice_id)
                WHERE kept > 0
                GROUP BY ALL
              ) l ON l.practice = a.practice
              WHERE a.dollars_a_week IS NOT NULL
              """),
          5,
          List.of(
              """
              SELECT count(*),
                count(*) FILTER (
                  abs(CAST(replace("Net revenue a week", ',', '') AS DOUBLE) - net / 13) > 0.5001
                  OR abs(CAST(replace("Fill rate", '%', '') AS DOUBLE) / 100 - fill) > 0.0005001)
              FROM answer a
              JOIN locations l ON l.name = a."Location"
              JOIN (
                SELECT location_id, sum(net_amount) AS net
                FROM sale_lines, span
                WHERE kind IN ('service', 'retail', 'fee')
                  AND local_date BETWEEN first_day AND last_day
                GROUP BY ALL
              ) s USING (location_id)
              JOIN (
                SELECT location_id, sum(kept_minutes) / sum(bookable_minutes) AS fill
                FROM provider_minutes_weekly, span
                WHERE week_start BETWEEN first_day AND last_week
                GROUP BY ALL
              ) m USING (location_id)
              """));

  private ConsultantQuestions() {}

  /**
   * What was checked of an answer.
   *
   * @param rows that it was checked by
   * @param wrong of them
   */
  record Checked(long rows, long wrong) {}

  /** The statements of the page by their numbers. */
  static Map<Integer, String> statements() {
    Map<Integer, String> statements = new LinkedHashMap<>();
    try {
      Matcher questions = QUESTION.matcher(Files.readString(Path.of("../docs/consultant.md")));
      while (questions.find()) {
        statements.put(Integer.valueOf(questions.group(1)), questions.group(3));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return statements;
  }

  /** Asks every question of a workspace and checks its answer. */
  static Map<String, Checked> checked(Path workspace) {
    Map<String, Checked> checked = new LinkedHashMap<>();
    statements()
        .forEach(
            (number, statement) -> {
              List<String> checks = CHECKS.get(number);
              for (String check : checks) {
                List<String> lines =
                    Verdict.query(
                            workspace, "WITH answer AS (\n" + statement + "\n), " + SPAN + check)
                        .lines()
                        .toList();
                List<String> counts = List.of(lines.get(1).split(",", -1));
                checked.put(
                    number + "." + (checks.indexOf(check) + 1),
                    new Checked(Long.parseLong(counts.get(0)), Long.parseLong(counts.get(1))));
              }
            });
    return checked;
  }
}
