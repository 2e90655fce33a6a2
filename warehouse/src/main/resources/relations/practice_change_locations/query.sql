WITH weeks AS (
  SELECT w.week_start
  FROM (
    SELECT first_week, last_week - 7 * CAST(unnest(range(13)) AS INTEGER) AS week_start
    FROM computed
  ) w
  WHERE w.week_start >= w.first_week
), open_locations AS (
  SELECT a.practice_id, a.location_id, a.kpi, w.week_start, l.opened_on
  FROM kpi_availability a
  JOIN kpi_scales d ON d.kpi = a.kpi AND d.is_judged AND d.at_location AND NOT d.is_period_end
  JOIN locations l ON l.practice_id = a.practice_id AND l.location_id = a.location_id
  CROSS JOIN weeks w
  WHERE a.reason IS NULL AND (l.opened_on IS NULL OR l.opened_on < w.week_start + 7)
), told AS (
  SELECT practice_id, location_id, kpi, week_start, numerator, denominator
  FROM kpi_weekly_numbers
  WHERE grain = 'location' AND value IS NOT NULL
)
SELECT
  o.practice_id, o.location_id, o.kpi, o.week_start, o.opened_on,
  count(t.kpi) FILTER (t.week_start = o.week_start) > 0 AS is_told,
  CAST(count(t.kpi) FILTER (t.week_start < o.week_start) AS INTEGER) AS told_before,
  any_value(t.numerator) FILTER (t.week_start = o.week_start) AS numerator,
  any_value(t.denominator) FILTER (t.week_start = o.week_start) AS denominator,
  sum(t.numerator) FILTER (t.week_start < o.week_start) AS base_numerator,
  sum(t.denominator) FILTER (t.week_start < o.week_start) AS base_denominator
FROM open_locations o
LEFT JOIN told t
  ON t.practice_id = o.practice_id AND t.location_id = o.location_id AND t.kpi = o.kpi
  AND t.week_start BETWEEN o.week_start - 28 AND o.week_start
  -- The week in which a location opened is no whole one; its numbers count where it is the week asked.
  AND (t.week_start = o.week_start OR o.opened_on IS NULL OR o.opened_on <= t.week_start)
GROUP BY ALL
