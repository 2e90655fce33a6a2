-- Of what is missing the worst is told: what makes the list empty; then, but for gaps below 5 %, what a
-- person can write down; then what is missing for most.
WITH gaps AS (
  SELECT
    *,
    CASE state WHEN 'told' THEN 0 WHEN 'missing' THEN 1 ELSE (things - told) / things END
      AS missing_share
  FROM list_columns
), judged AS (
  SELECT
    practice_id, location_id, list_order, list, label, relation,
    CASE
      WHEN bool_or(is_needed AND state = 'missing') THEN 'empty'
      WHEN bool_and(state = 'told') THEN 'full'
      ELSE 'partly'
    END AS state,
    count(*) AS parts,
    count(*) FILTER (state = 'told') AS parts_told,
    count(*) FILTER (state = 'missing') AS parts_missing,
    arg_min(
      {
        'column_name': column_name, 'is_by_hand': is_by_hand, 'missing_share': missing_share,
        'brings': brings},
      (
        NOT (is_needed AND state = 'missing'), missing_share < 0.05, NOT is_by_hand,
        -missing_share, position)) FILTER (state <> 'told') AS worst
  FROM gaps
  GROUP BY ALL
)
SELECT
  * EXCLUDE (worst), worst.column_name, worst.is_by_hand, worst.missing_share, worst.brings
FROM judged
ORDER BY practice_id, location_id, list_order
