-- Where the bookable hours of a practice went, in money, over the locations of which every step is
-- told; where there is none, from gross service on over those whose sales are told. What is lost
-- beside it is added up wherever it is known.
WITH week AS (
  SELECT *
  FROM leakage_weekly
  WHERE practice_id = $1 AND week_start = $2
), judged AS (
  SELECT
    location_id,
    bool_and(amount IS NOT NULL) AS is_whole,
    bool_and(amount IS NOT NULL) FILTER (step IN ('gross_service', 'discounts', 'net_service'))
      AS has_sales
  FROM week
  WHERE role <> 'beside'
  GROUP BY location_id
), added AS (
  SELECT location_id, is_whole
  FROM judged
  WHERE is_whole OR (has_sales AND NOT (SELECT bool_or(is_whole) FROM judged))
), steps AS (
  SELECT w.*
  FROM week w
  SEMI JOIN added a
    ON a.location_id = w.location_id
    AND (a.is_whole OR w.step IN ('gross_service', 'discounts', 'net_service'))
  WHERE role <> 'beside'
  UNION ALL
  SELECT * FROM week WHERE role = 'beside' AND amount IS NOT NULL
)
SELECT any_value(label) AS label, any_value(role) AS role, sum(minutes) AS minutes, sum(amount) AS amount
FROM steps
GROUP BY step
ORDER BY min(position)
