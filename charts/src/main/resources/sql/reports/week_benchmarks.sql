-- Each location among all its peers in one week.
SELECT *
FROM kpi_benchmark
WHERE peer_group = 'all' AND range_weeks = 1 AND practice_id = ANY($1) AND week_start = $2
