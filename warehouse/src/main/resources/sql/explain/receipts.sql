-- What the week's receipts billed and what was collected of it: before the as-of, and before the
-- week's end. A receipt belongs to the week of its earliest line, with all its lines and payments.
WITH receipts AS (
  SELECT sale_id
  FROM asked_sale_lines
  GROUP BY sale_id
  HAVING is_asked_week(min(local_date))
), moves AS (
  SELECT
    'billed' AS measure, 'sale_lines' AS table_name, l.record_id, l.source_file_id, l.source_line,
    l.local_date,
    l.kind || ', billed ' || cents(l.net_amount + l.tax_amount) || ' = ' || cents(l.net_amount)
      || ' + tax ' || cents(l.tax_amount) AS words,
    CAST(l.net_amount + l.tax_amount AS DECIMAL(38, 10)) AS amount
  FROM asked_sale_lines l
  SEMI JOIN receipts USING (sale_id)
  UNION ALL
  SELECT
    'collected', 'payments', p.payment_id, p.source_file_id, p.source_line, p.local_date,
    replace(p.tender, '_', ' ') || ' to receipt ' || p.sale_id, CAST(p.amount AS DECIMAL(38, 10))
  FROM payments p
  SEMI JOIN receipts USING (sale_id)
  WHERE p.practice_id = getvariable('practice_id') AND p.location_id = getvariable('location_id')
    AND p.local_date < getvariable('as_of')
)
SELECT * FROM moves
UNION ALL
SELECT * REPLACE (
  CASE measure WHEN 'billed' THEN 'billed_at_close' WHEN 'collected' THEN 'collected_at_close' END AS measure)
FROM moves
WHERE local_date <= getvariable('week_end')
ORDER BY local_date, record_id
