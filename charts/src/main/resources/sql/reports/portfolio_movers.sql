-- Net revenue a week over the last four weeks and over the four before, of locations that were open and told
-- in all of them.
SELECT n.practice_id, n.location_id, CAST(b.value / 4 AS DECIMAL(18, 2)) AS before,
  CAST(n.value / 4 AS DECIMAL(18, 2)) AS since
FROM kpi_benchmark_consultant n
JOIN kpi_benchmark_consultant b
  ON b.consultant_id = n.consultant_id AND b.practice_id = n.practice_id AND b.location_id = n.location_id
  AND b.kpi = n.kpi AND b.range_weeks = n.range_weeks AND b.peer_group = n.peer_group
  AND b.week_start = n.week_start - 28
WHERE n.consultant_id = $1 AND n.week_start = CAST($2 AS DATE) AND n.kpi = 'net_revenue' AND n.range_weeks = 4
  AND n.peer_group = 'all' AND n.rank IS NOT NULL AND b.rank IS NOT NULL
  AND (SELECT count(*) FROM kpi_weekly w
       WHERE w.practice_id = n.practice_id AND w.location_id = n.location_id AND w.kpi = n.kpi
         AND w.week_start > n.week_start - 56 AND w.week_start <= n.week_start) = 8
ORDER BY n.practice_id, n.location_id
