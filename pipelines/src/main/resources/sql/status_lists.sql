-- Lists that say less than they could, and what one more column would bring. Locations that lack the same are together, with the figures of the one that lacks most.
SELECT
  practice_id AS practice, label AS list, state, count(*) AS locations,
  arg_min('at ' || location_id || ': ' || brings, (-missing_share, location_id)) AS what_one_more_column_would_bring
FROM list_completeness
WHERE state <> 'full'
GROUP BY practice_id, list_order, label, state, column_name
ORDER BY practice_id, list_order, state, column_name
