-- Gaps to the peers' median that cost money for certain, a week, over the longest range published.
SELECT practice_id, location_id, kpi, gap_dollars_low / range_weeks AS low, gap_dollars_expected / range_weeks AS expected,
  gap_dollars_high / range_weeks AS high
FROM kpi_benchmark
WHERE peer_group = 'all' AND range_weeks = 13 AND practice_id = ANY($1) AND week_start = $2 AND is_stable
  AND gap_dollars_low > 0
ORDER BY expected DESC, location_id, kpi
