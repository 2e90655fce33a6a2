-- Gross, discounts and net of receipt lines on the local day of the line.
SELECT
  m.measure, 'sale_lines' AS table_name, record_id, source_file_id, source_line, local_date,
  CASE m.amount_of
    WHEN 'net' THEN kind || ', net ' || cents(net_amount) || ' = ' || cents(gross_amount) || ' − '
      || cents(discount_amount)
    WHEN 'gross' THEN kind || ', gross'
    ELSE kind || ', discount on ' || cents(gross_amount)
  END || ', ' || credited_id AS words,
  CAST(
    CASE m.amount_of WHEN 'net' THEN net_amount WHEN 'gross' THEN gross_amount
      ELSE discount_amount END
    AS DECIMAL(38, 10)) AS amount
FROM asked_sale_lines
JOIN (VALUES
  ('service', 'net', 'net_service'), ('service', 'gross', 'gross_service'),
  ('service', 'discount', 'discount_service'),
  ('retail', 'net', 'net_retail'), ('retail', 'gross', 'gross_retail'),
  ('retail', 'discount', 'discount_retail'),
  ('fee', 'net', 'net_fee'), ('fee', 'gross', 'gross_fee'), ('fee', 'discount', 'discount_fee'))
  m (kind, amount_of, measure) USING (kind)
WHERE is_asked_week(local_date)
ORDER BY local_date, sold_at, record_id
