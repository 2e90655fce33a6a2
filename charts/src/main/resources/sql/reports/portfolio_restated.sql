-- Positions in a consultant's benchmark that the last publication changed, each with all its causes.
SELECT
    practice_id,
    location_id,
    kpi,
    range_weeks,
    week_start,
    any_value(from_rank) AS from_rank,
    any_value(to_rank) AS to_rank,
    any_value(from_gap_dollars) AS from_gap_dollars,
    any_value(to_gap_dollars) AS to_gap_dollars,
    string_agg(DISTINCT cause, ' ' ORDER BY cause) AS causes
FROM benchmark_restatements
WHERE audience = 'consultant' AND audience_id = $1 AND peer_group = 'all'
  AND publication = (SELECT max(publication) FROM publications)
GROUP BY ALL
ORDER BY week_start DESC, practice_id, location_id, kpi, range_weeks
