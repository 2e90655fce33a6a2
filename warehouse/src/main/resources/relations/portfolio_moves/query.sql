-- Revenue is compared where every week of both ranges is told and the location was open in all of them, an
-- opportunity only with one that was held against the same: peers or target.
WITH spans AS (
  SELECT
    CAST(r.range_weeks AS INTEGER) AS range_weeks, c.last_week AS week_start,
    c.last_week - CAST(7 * r.range_weeks AS INTEGER) AS before_week_start,
    c.last_week - CAST(7 * (2 * r.range_weeks - 1) AS INTEGER) AS first_week
  FROM computed c
  CROSS JOIN (VALUES (4), (13)) r (range_weeks)
), revenue AS (
  SELECT
    w.practice_id, w.location_id, s.range_weeks, s.week_start, s.before_week_start,
    sum(w.numerator) FILTER (w.week_start <= s.before_week_start) AS before,
    sum(w.numerator) FILTER (w.week_start > s.before_week_start) AS since
  FROM spans s
  JOIN kpi_weekly w ON w.week_start BETWEEN s.first_week AND s.week_start
  JOIN locations l USING (practice_id, location_id)
  WHERE w.kpi = 'net_revenue' AND (l.opened_on IS NULL OR l.opened_on <= s.first_week)
  GROUP BY ALL
  HAVING count(*) = 2 * s.range_weeks
), opportunities AS (
  SELECT
    n.consultant_id, n.practice_id, n.location_id, n.kpi, n.range_weeks, n.week_start,
    b.week_start AS before_week_start,
    greatest(b.expected, 0) AS before, greatest(n.expected, 0) AS since
  FROM portfolio_gap_ranges n
  JOIN computed c ON c.last_week = n.week_start
  JOIN portfolio_gap_ranges b USING (consultant_id, practice_id, location_id, kpi, range_weeks, held_against)
  WHERE b.week_start = n.week_start - CASE n.range_weeks WHEN 4 THEN 28 WHEN 13 THEN 84 END
    AND (b.expected > 0 OR n.expected > 0)
)
SELECT
  c.consultant_id, r.practice_id, r.location_id, 'revenue' AS measure, 'net_revenue' AS kpi,
  r.range_weeks, r.week_start, r.before_week_start,
  from_cents(whole_ratio(ten_thousandths(r.before), 100 * r.range_weeks)) AS before,
  from_cents(whole_ratio(ten_thousandths(r.since), 100 * r.range_weeks)) AS since
FROM revenue r
JOIN consultants c USING (practice_id)
UNION ALL
SELECT
  consultant_id, practice_id, location_id, 'opportunity', kpi, range_weeks, week_start,
  before_week_start, before, since
FROM opportunities
ORDER BY consultant_id, practice_id, location_id, measure, kpi, range_weeks
