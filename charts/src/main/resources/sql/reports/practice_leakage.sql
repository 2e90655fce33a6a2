-- Where the bookable hours of each practice went, in money, over the locations of which every step is
-- told; where there is none, from gross service on over those whose sales are told. What is lost
-- beside it is added up wherever it is known.
WITH week AS (
  SELECT *
  FROM leakage_weekly
  WHERE practice_id = ANY($1) AND week_start = $2
), judged AS (
  SELECT
    practice_id,
    location_id,
    bool_and(amount IS NOT NULL) AS is_whole,
    bool_and(amount IS NOT NULL) FILTER (step IN ('gross_service', 'discounts', 'net_service'))
      AS has_sales
  FROM week
  WHERE role <> 'beside'
  GROUP BY practice_id, location_id
), added AS (
  SELECT practice_id, location_id, is_whole
  FROM judged
  QUALIFY is_whole OR (has_sales AND NOT bool_or(is_whole) OVER (PARTITION BY practice_id))
), steps AS (
  SELECT w.*
  FROM week w
  SEMI JOIN added a
    ON a.practice_id = w.practice_id AND a.location_id = w.location_id
    AND (a.is_whole OR w.step IN ('gross_service', 'discounts', 'net_service'))
  WHERE role <> 'beside'
  UNION ALL
  SELECT * FROM week WHERE role = 'beside' AND amount IS NOT NULL
)
SELECT
  practice_id, any_value(label) AS label, any_value(role) AS role, sum(minutes) AS minutes,
  sum(amount) AS amount
FROM steps
GROUP BY practice_id, step
ORDER BY min(position)
