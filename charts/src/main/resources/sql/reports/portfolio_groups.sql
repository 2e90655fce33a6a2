-- Every location of some practices in the regions and peer groups that it is compared in, the longest range last.
SELECT *
FROM kpi_benchmark_consultant
WHERE peer_group <> 'all' AND range_weeks IN (1, 13) AND practice_id = ANY($1) AND week_start = $2
  AND consultant_id = $3
ORDER BY range_weeks
