WITH sums AS (
  SELECT
    practice_id, location_id, calendar, period_start,
    sum(goods_used_cost) AS cost_of_goods,
    coalesce(sum(goods_used_cost) FILTER (NOT is_consignment), 0) AS goods_used_owned,
    coalesce(sum(goods_used_cost) FILTER (is_consignment), 0) AS goods_used_consigned,
    coalesce(sum(opening_value) FILTER (NOT is_consignment), 0) AS opening_value,
    coalesce(sum(expired_cost) FILTER (NOT is_consignment), 0) AS expired,
    coalesce(sum(wasted_cost) FILTER (NOT is_consignment), 0) AS wasted,
    coalesce(sum(shrinkage_cost) FILTER (NOT is_consignment), 0) AS shrinkage,
    coalesce(sum(stock_value) FILTER (NOT is_consignment), 0) AS closing_value
  FROM stock_monthly
  GROUP BY ALL
)
SELECT
  s.*, r.period_end, r.is_whole,
  closing_value - opening_value + goods_used_owned + expired + wasted + shrinkage
    AS received_and_revalued
FROM sums s
JOIN periods r USING (calendar, period_start)
ORDER BY s.practice_id, s.location_id, s.calendar, s.period_start
