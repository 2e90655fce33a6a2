-- Gross, discounts and net of receipt lines on the local day of the line.
SELECT
  m.amount_of || '_' || kind AS measure, 'sale_lines' AS table_name, record_id, source_file_id,
  source_line, local_date,
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
CROSS JOIN (VALUES ('net'), ('gross'), ('discount')) m (amount_of)
WHERE is_asked_week(local_date) AND kind IN ('service', 'retail', 'fee')
ORDER BY local_date, sold_at, record_id
