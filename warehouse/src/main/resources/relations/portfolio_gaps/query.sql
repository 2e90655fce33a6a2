SELECT g.*
FROM portfolio_gap_ranges g
JOIN computed c ON c.last_week = g.week_start
WHERE g.range_weeks = (
  SELECT max(r.range_weeks) FROM benchmark_ranges r JOIN computed l ON l.last_week = r.week_start)
ORDER BY consultant_id, practice_id, location_id, kpi
