SELECT
  practice_id, location_id, list_order, list, label, relation,
  CASE
    WHEN bool_or(is_needed AND state = 'missing') THEN 'empty'
    WHEN bool_and(state = 'told') THEN 'full'
    ELSE 'partly'
  END AS state,
  count(*) AS parts,
  count(*) FILTER (state = 'told') AS parts_told,
  arg_min(brings, (NOT is_needed, state <> 'missing', position)) FILTER (state <> 'told') AS brings
FROM list_columns
GROUP BY ALL
ORDER BY practice_id, location_id, list_order
