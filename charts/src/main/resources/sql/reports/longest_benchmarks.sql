-- Every location of some practices among all its peers, the longest range last.
SELECT *
FROM kpi_benchmark
WHERE peer_group = 'all' AND range_weeks IN (1, 13) AND practice_id = ANY($1) AND week_start = $2
ORDER BY range_weeks
