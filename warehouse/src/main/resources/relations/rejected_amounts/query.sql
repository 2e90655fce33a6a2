-- Exports overlap, so that one bad row comes again and again: of rows with one key, and of those without
-- one that are alike in all that can be read, the newest file's count. Where a later delivery is
-- complete for the day it tells what is still rejected; of a row without a day that can be believed,
-- where it is complete for the period that the row's file states. A place that is not configured may
-- be one of which no later delivery tells.
WITH told AS (
  SELECT sha256(concat_ws(chr(31), practice_id, location_id, sale_id, line_id)) AS row_key
  FROM sale_lines
  UNION ALL
  SELECT sha256(concat_ws(chr(31), practice_id, location_id, payment_id))
  FROM payments
), numbered AS (
  -- One line of an export may be several rows; in the same order as the numbers of rejected_money.
  SELECT
    *,
    row_number() OVER (
      PARTITION BY source_file_id, table_name, source_line ORDER BY reason, column_name) AS row_in_line
  FROM rejected_rows
  WHERE table_name IN ('sale_lines', 'payments')
), rejected AS (
  SELECT
    f.practice_id, m.location_id, f.source, r.source_file_id, r.table_name, r.source_line,
    r.row_in_line, r.column_name, r.reason, m.date, m.kind, m.amount, m.row_key, f.ingested_at,
    m.date IS NOT NULL AND r.reason NOT IN (
      'outside_period', 'after_delivery', 'date_out_of_range', 'payout_far_from_payment') AS has_day,
    row_number() OVER (
      PARTITION BY r.source_file_id, r.table_name, m.location_id, m.date, m.kind, m.amount, r.reason,
        m.row_key
      ORDER BY r.source_line, r.row_in_line) AS nth
  FROM numbered r
  JOIN ingest_files f USING (source_file_id, table_name)
  LEFT JOIN rejected_money m USING (source_file_id, table_name, source_line, row_in_line)
), standing AS (
  SELECT r.*
  FROM rejected r
  ANTI JOIN replaced_rejections u
    ON u.source_file_id = r.source_file_id AND u.table_name = r.table_name
    AND u.location_id IS NOT DISTINCT FROM r.location_id
    AND r.reason <> 'unknown_location'
    AND CASE WHEN r.has_day THEN r.date BETWEEN u.first_date AND u.last_date
      ELSE u.first_date IS NULL END
), newest AS (
  SELECT *
  FROM standing
  QUALIFY row_number() OVER (
    PARTITION BY practice_id, source, table_name, row_key,
      CASE WHEN row_key IS NULL THEN
        concat_ws('|', coalesce(location_id, '-'), coalesce(CAST(date AS VARCHAR), '-'),
          coalesce(kind, '-'), coalesce(CAST(amount AS VARCHAR), '-'), reason, nth) END
    ORDER BY ingested_at DESC, source_file_id DESC, source_line DESC, row_in_line DESC) = 1
)
SELECT
  practice_id, location_id, source, source_file_id, table_name, source_line, row_in_line, column_name,
  reason, date, kind, amount,
  row_key IS NOT NULL AND row_key IN (SELECT row_key FROM told) AS is_told_otherwise
FROM newest
ORDER BY ALL
