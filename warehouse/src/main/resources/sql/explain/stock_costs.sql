-- Cost of goods used and of what was written off as expired: each movement's quantity at its own
-- unit cost, else the product's cost on the day, amount ÷ divisor. The costs of a product's day are
-- rounded together, so are those of the 91 days scaled to a year.
WITH costed AS (
  SELECT *, is_asked_week(local_date) AS is_week,
    -quantity * coalesce(unit_cost, cost_paid) AS paid,
    CASE WHEN unit_cost IS NULL THEN cost_units ELSE 1 END AS units
  FROM asked_stock
  WHERE kind IN ('usage', 'sale', 'return', 'expired')
)
SELECT
  m.measure, c.table_name, c.record_id, c.source_file_id, c.source_line, c.local_date,
  replace(c.kind, '_', ' ') || ', ' || plain(-c.quantity) || ' ' || c.product_id || ' at '
    || CASE WHEN c.unit_cost IS NULL
      THEN 'the mean cost of ' || plain(CAST(c.cost_paid / c.cost_units AS DECIMAL(18, 4)))
      ELSE plain(c.unit_cost) END
    || CASE WHEN m.is_year THEN ', × 364 ÷ ' || r.days ELSE '' END AS words,
  c.paid * m.sign AS amount, c.units AS divisor, c.product_id || ' ' || c.local_date AS rounded_by,
  CASE WHEN m.is_year THEN c.product_id END AS scaled_by, 364 AS multiply_by, r.days AS divide_by
FROM costed c
CROSS JOIN stock_range r
JOIN (VALUES
  ('goods_used_deducted', false, true, true, false, -1),
  ('used_cost_91', false, false, false, false, 1),
  ('expired_cost_91', true, false, false, false, 1),
  ('annual_goods_used', false, false, false, true, 1))
  m (measure, is_expired, is_of_week, with_consigned, is_year, sign)
  ON (c.kind = 'expired') = m.is_expired
  AND CASE WHEN m.is_of_week THEN c.is_week ELSE c.local_date >= r.first_day AND r.days >= 28 END
  AND (m.with_consigned OR NOT c.is_consignment)
ORDER BY c.local_date, c.product_id, c.place
