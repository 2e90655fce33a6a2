-- Freight of expedited receipts, of consigned products too.
SELECT
  'expedited_freight' AS measure, table_name, record_id, source_file_id, source_line, local_date,
  'expedited receipt of ' || plain(quantity) || ' ' || product_id AS words,
  CAST(coalesce(freight_amount, 0) AS DECIMAL(38, 10)) AS amount
FROM asked_stock
WHERE kind = 'receipt' AND is_expedited AND is_asked_week(local_date)
ORDER BY local_date, product_id, place
