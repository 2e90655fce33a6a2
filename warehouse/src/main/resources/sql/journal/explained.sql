-- The rows behind each line of an entry, of a location and some days, and the lines of the entry when it was
-- recorded; each row adds its amount to the line as it is now. Weeks that are in no entry have none. What
-- the receivable has is every line billed, less every payment on a receipt that the exports hold.
WITH sold AS (
  SELECT s.*, coalesce(s.tax_amount, 0) AS tax, sale_id || '/' || line_id AS record_id
  FROM sale_lines s
  WHERE practice_id = ${practice} AND location_id = ${location} AND local_date BETWEEN ${from} AND ${to}
), paid AS (
  SELECT p.*,
    EXISTS (
      FROM sale_lines r
      WHERE r.practice_id = p.practice_id AND r.location_id = p.location_id AND r.sale_id = p.sale_id)
      AS has_receipt
  FROM payments p
  WHERE practice_id = ${practice} AND location_id = ${location} AND local_date BETWEEN ${from} AND ${to}
), moved AS (
  SELECT m.*, l.is_consignment, l.unit_cost AS day_cost, coalesce(m.unit_cost, l.unit_cost, 0) AS cost
  FROM stock_movements m
  JOIN stock_ledger l
    ON l.practice_id = m.practice_id AND l.location_id = m.location_id AND l.product_id = m.product_id
    AND l.date = m.local_date
  WHERE m.practice_id = ${practice} AND m.location_id = ${location} AND m.local_date BETWEEN ${from} AND ${to}
), counted AS (
  -- The books are known per product and day: the difference stands at the last count of the day.
  SELECT c.*, l.shrinkage_cost, l.book_before_count
  FROM stock_counts c
  JOIN stock_ledger l
    ON l.practice_id = c.practice_id AND l.location_id = c.location_id AND l.product_id = c.product_id
    AND l.date = c.local_date
  WHERE c.practice_id = ${practice} AND c.location_id = ${location} AND c.local_date BETWEEN ${from} AND ${to}
    AND NOT l.is_consignment
  QUALIFY row_number() OVER (
    PARTITION BY c.product_id, c.local_date ORDER BY c.counted_at DESC, c.lot IS NOT NULL, c.count_id DESC) = 1
), all_rows AS (
  SELECT
    CASE tender WHEN 'cash' THEN 1 WHEN 'card' THEN 2 WHEN 'financing' THEN 3 WHEN 'check' THEN 4
      WHEN 'other' THEN 5 WHEN 'gift_card' THEN 6 WHEN 'package' THEN 7 WHEN 'membership' THEN 8
      WHEN 'account_credit' THEN 9 END AS position,
    'paid by ' || replace(tender, '_', ' ') || ' on receipt ' || sale_id AS words, 'payments' AS table_name,
    payment_id AS record_id, local_date, source_file_id, source_line, CAST(amount AS DECIMAL(38, 10)) AS amount
  FROM paid
  UNION ALL
  SELECT 10, kind || ' billed' || CASE WHEN tax <> 0 THEN ', with tax' ELSE '' END, 'sale_lines', record_id,
    local_date, source_file_id, source_line, net_amount + tax
  FROM sold
  UNION ALL
  SELECT CASE WHEN has_receipt THEN 10 ELSE 11 END, 'paid on receipt ' || sale_id, 'payments', payment_id,
    local_date, source_file_id, source_line, -amount
  FROM paid
  UNION ALL
  SELECT
    CASE kind WHEN 'service' THEN 12 WHEN 'retail' THEN 13 WHEN 'fee' THEN 14 WHEN 'gift_card' THEN 15
      WHEN 'package' THEN 16 WHEN 'membership' THEN 17 WHEN 'deposit' THEN 18 WHEN 'tip' THEN 20 END,
    replace(kind, '_', ' ') || ' sold', 'sale_lines', record_id, local_date, source_file_id, source_line, -net_amount
  FROM sold
  UNION ALL
  SELECT 19, 'tax on ' || replace(kind, '_', ' '), 'sale_lines', record_id, local_date, source_file_id,
    source_line, -tax
  FROM sold
  UNION ALL
  SELECT g.position, replace(m.kind, '_', ' ') || ' of ' || m.product_id, 'stock_movements', m.movement_id,
    m.local_date, m.source_file_id, m.source_line,
    g.sign * -m.quantity * CASE WHEN m.kind = 'waste' THEN coalesce(m.day_cost, 0) ELSE m.cost END
  FROM moved m
  JOIN (VALUES
    (21, true, 1, ['usage', 'sale', 'return']),
    (21, false, 1, ['usage', 'sale', 'return']),
    (22, false, -1, ['usage', 'sale', 'return']),
    (23, true, -1, ['usage', 'sale', 'return']),
    (26, false, 1, ['expired', 'waste']),
    (27, false, -1, ['expired', 'waste'])) g (position, is_consignment, sign, kinds)
    ON g.is_consignment = m.is_consignment AND list_contains(g.kinds, m.kind)
  UNION ALL
  SELECT s.position, c.product_id || ' counted, ' || c.book_before_count || ' in the books', 'stock_counts', c.count_id,
    c.local_date, c.source_file_id, c.source_line, s.sign * c.shrinkage_cost
  FROM counted c
  CROSS JOIN (VALUES (24, 1), (25, -1)) s (position, sign)
), rows AS (
  SELECT r.*
  FROM all_rows r
  JOIN dates d ON d.date = r.local_date
  ANTI JOIN untold_weeks u
    ON u.practice_id = ${practice} AND u.location_id = ${location} AND u.week_start = d.week_start
), lines AS (
  SELECT position, account, memo, sum(coalesce(debit, 0) - coalesce(credit, 0)) AS amount, count(*) AS days
  FROM journal_daily
  WHERE practice_id = ${practice} AND location_id = ${location} AND date BETWEEN ${from} AND ${to}
  GROUP BY ALL
), sums AS (
  SELECT position, sum(amount) AS amount, count(DISTINCT local_date) AS days FROM rows GROUP BY ALL
), recorded (position, account, memo, amount) AS (
  ${recorded}
)
