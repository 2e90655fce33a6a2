SELECT
  m.peer_group, r.week_start, r.range_weeks, s.practice_id, s.location_id, s.kpi,
  sum(s.numerator) AS numerator, sum(s.denominator) AS denominator, sum(s.sample) AS sample
FROM benchmark_ranges r
JOIN peer_weeks s ON s.week_start BETWEEN r.first_week AND r.week_start
JOIN kpi_scales d USING (kpi)
JOIN peer_members m USING (practice_id, location_id)
WHERE r.range_weeks = 1 OR NOT d.is_period_end
GROUP BY ALL
HAVING sum(s.numerator) <> 0 OR sum(s.denominator) <> 0
  OR (NOT bool_or(d.is_ratio) AND bool_or(s.is_known))
