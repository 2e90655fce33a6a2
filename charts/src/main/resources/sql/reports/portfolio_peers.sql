-- What a consultant may know of the peers of these locations, by week, range, KPI and peer group: the same for
-- each of the locations.
SELECT DISTINCT week_start, range_weeks, kpi, peer_group, p25, p50, p75, contributors, withheld_reason
FROM kpi_benchmark_consultant
WHERE consultant_id = $1
ORDER BY kpi, peer_group, range_weeks, week_start
