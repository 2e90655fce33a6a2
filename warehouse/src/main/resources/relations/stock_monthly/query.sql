-- The ledger of stock by month. A row of the ledger holds until the next one of its product, so what a
-- day ends with is that of the last row on or before it. After the week with which the exports end
-- nobody knows what is on hand. Amounts are divided as whole numbers of the tenth decimal.
WITH told AS (
  SELECT practice_id, location_id, max(week_start) + 6 AS last_day
  FROM stock_weekly
  GROUP BY ALL
), begun AS (
  SELECT practice_id, location_id, min(date) AS first_day
  FROM stock_ledger
  GROUP BY ALL
), held AS (
  SELECT
    *,
    coalesce(lead(date) OVER (
      PARTITION BY practice_id, location_id, product_id ORDER BY date), DATE '9999-12-31')
      AS next_date,
    CAST(coalesce(stock_value, 0) * 10000000000 AS HUGEINT) AS whole_value
  FROM stock_ledger
), shelves AS (
  SELECT practice_id, location_id, product_id, bool_or(is_consignment) AS is_consignment,
    min(date) AS first_day
  FROM stock_ledger
  GROUP BY ALL
), ends AS (
  SELECT
    s.practice_id, s.location_id, s.product_id, s.is_consignment,
    r.calendar, r.period_start, r.first_day, r.last_day,
    CAST(least(91, r.last_day - b.first_day + 1) AS INTEGER) AS history_days
  FROM shelves s
  JOIN told t USING (practice_id, location_id)
  JOIN begun b USING (practice_id, location_id)
  JOIN periods r ON r.last_day BETWEEN s.first_day AND t.last_day
), moved AS (
  SELECT
    e.practice_id, e.location_id, e.product_id, e.calendar, e.period_start,
    sum(COLUMNS(h.* EXCLUDE (
      practice_id, location_id, product_id, is_consignment, date, opening_on_hand, on_hand,
      usable_on_hand, counts, book_before_count, counted, unit_cost, stock_value, count_error_cost,
      count_book_cost, next_date, whole_value))),
    sum(-CAST(h.wasted AS DECIMAL(18, 4)) * coalesce(CAST(h.unit_cost AS DECIMAL(18, 10)), 0))
      AS wasted_cost
  FROM ends e
  JOIN held h
    ON h.practice_id = e.practice_id AND h.location_id = e.location_id
    AND h.product_id = e.product_id AND h.date BETWEEN e.first_day AND e.last_day
  GROUP BY ALL
), looked_back AS (
  SELECT
    e.practice_id, e.location_id, e.product_id, e.calendar, e.period_start,
    coalesce(sum(h.goods_used_cost) FILTER (h.date > e.last_day - e.history_days), 0)
      AS goods_used_cost_91,
    coalesce(sum(h.expired_cost) FILTER (h.date > e.last_day - e.history_days), 0)
      AS expired_cost_91,
    sum(h.whole_value * CAST(
      least(h.next_date - 1, e.last_day) - greatest(h.date, e.last_day - e.history_days + 1) + 1
    AS HUGEINT)) AS value_of_days
  FROM ends e
  JOIN held h
    ON h.practice_id = e.practice_id AND h.location_id = e.location_id
    AND h.product_id = e.product_id AND h.date <= e.last_day
    AND h.next_date > e.last_day - e.history_days + 1
  GROUP BY ALL
)
SELECT
  e.practice_id, e.location_id, e.product_id, e.is_consignment, e.calendar, e.period_start, e.last_day,
  coalesce(o.on_hand, 0) AS opening_on_hand,
  coalesce(m.received, 0) AS received, coalesce(m.used, 0) AS used, coalesce(m.wasted, 0) AS wasted,
  coalesce(m.expired, 0) AS expired, coalesce(m.adjusted, 0) AS adjusted,
  coalesce(m.transferred, 0) AS transferred, coalesce(m.opening_balance, 0) AS opening_balance,
  coalesce(m.count_correction, 0) AS count_correction,
  c.on_hand, c.unit_cost, o.stock_value AS opening_value, c.stock_value,
  coalesce(m.goods_used_cost, 0) AS goods_used_cost, coalesce(m.expired_cost, 0) AS expired_cost,
  coalesce(m.wasted_cost, 0) AS wasted_cost, coalesce(m.shrinkage_cost, 0) AS shrinkage_cost,
  e.history_days, l.goods_used_cost_91, l.expired_cost_91,
  CAST(whole_ratio(l.value_of_days, e.history_days) AS DECIMAL(38, 0))
    * CAST(0.0000000001 AS DECIMAL(11, 10)) AS mean_stock_value_91,
  CAST(whole_ratio(
    CAST(l.goods_used_cost_91 * 10000000000 AS HUGEINT) * 364, e.history_days) AS DECIMAL(38, 0))
    * CAST(0.0000000001 AS DECIMAL(11, 10)) AS annual_goods_used
FROM ends e
JOIN held c
  ON c.practice_id = e.practice_id AND c.location_id = e.location_id
  AND c.product_id = e.product_id AND c.date <= e.last_day AND c.next_date > e.last_day
LEFT JOIN held o
  ON o.practice_id = e.practice_id AND o.location_id = e.location_id
  AND o.product_id = e.product_id AND o.date < e.first_day AND o.next_date >= e.first_day
JOIN looked_back l
  ON l.practice_id = e.practice_id AND l.location_id = e.location_id
  AND l.product_id = e.product_id AND l.calendar = e.calendar AND l.period_start = e.period_start
LEFT JOIN moved m
  ON m.practice_id = e.practice_id AND m.location_id = e.location_id
  AND m.product_id = e.product_id AND m.calendar = e.calendar AND m.period_start = e.period_start
ORDER BY e.practice_id, e.location_id, e.product_id, e.calendar, e.period_start
