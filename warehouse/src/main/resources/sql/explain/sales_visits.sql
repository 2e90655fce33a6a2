-- A sales visit counts once, at its first line; its other lines are shown with 0.
WITH lines AS (
  SELECT *, client_key IS NULL AS is_receipt,
    CASE WHEN client_key IS NULL THEN sale_id ELSE client_key || ' ' || local_date END AS visit_key
  FROM asked_sale_lines
  WHERE kind IN ('service', 'retail') AND quantity > 0
), formed AS (
  SELECT is_receipt, visit_key, min(local_date) AS visit_date,
    first(record_id ORDER BY local_date, sold_at, record_id) AS first_id
  FROM lines
  GROUP BY ALL
  HAVING is_asked_week(min(local_date))
)
SELECT
  'sales_visits' AS measure, 'sale_lines' AS table_name, l.record_id, l.source_file_id,
  l.source_line, l.local_date,
  CASE
    WHEN l.record_id <> f.first_id THEN 'same visit as ' || f.first_id
    WHEN f.is_receipt THEN 'a receipt without a client'
    ELSE 'a client''s day'
  END || ', ' || l.kind || ' ' || cents(l.net_amount) AS words,
  CAST(CASE WHEN l.record_id = f.first_id THEN 1 ELSE 0 END AS DECIMAL(38, 10)) AS amount
FROM lines l
JOIN formed f USING (is_receipt, visit_key)
ORDER BY f.visit_date, f.first_id, amount DESC, l.local_date, l.sold_at, l.record_id
