-- Who contributes is decided once, at the quarter's first week, so that no value can be had as the
-- difference of two statistics with and without its practice: those with a sample of 20 a week on
-- average over the 13 weeks to it, or as many as were computed.
WITH quarters AS (
  SELECT DISTINCT
    CAST(date_trunc('quarter', r.week_start) AS DATE) AS quarter_start,
    greatest(
      c.first_week,
      week_of(CAST(date_trunc('quarter', r.week_start) AS DATE) + 6, c.last_week)) AS decided,
    c.first_week
  FROM benchmark_ranges r
  CROSS JOIN computed c
), spans AS (
  SELECT
    quarter_start, decided, greatest(first_week, decided - 7 * 12) AS from_week,
    date_diff('day', greatest(first_week, decided - 7 * 12), decided) // 7 + 1 AS weeks
  FROM quarters
)
SELECT q.quarter_start, s.kpi, m.peer_group, s.practice_id
FROM spans q
JOIN peer_weeks s ON s.week_start BETWEEN q.from_week AND q.decided
JOIN kpi_scales d USING (kpi)
JOIN peer_members m USING (practice_id, location_id)
WHERE NOT d.is_period_end OR s.week_start = q.decided
GROUP BY q.quarter_start, s.kpi, m.peer_group, s.practice_id
HAVING
  CASE WHEN bool_or(d.is_ratio) THEN sum(s.denominator) <> 0
    ELSE sum(s.numerator) <> 0 OR bool_or(s.is_known) END
  AND (NOT bool_or(d.has_sample)
    OR sum(s.sample) * any_value(d.sample_multiply)
      >= 20 * any_value(d.sample_divide)
        * CASE WHEN bool_or(d.is_period_end) THEN 1 ELSE any_value(q.weeks) END)
