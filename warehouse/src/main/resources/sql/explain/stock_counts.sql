-- What counts found missing or too much, opening balances left out. The books are known per product
-- and day: the amount stands at the last count of the day, the others have 0.
WITH counted AS (
  SELECT e.*, l.book_before_count, l.counted, l.shrinkage_cost, l.count_error_cost,
    l.count_book_cost, l.counts, l.unit_cost AS day_cost,
    e.place = max(e.place) OVER (PARTITION BY e.product_id, e.local_date) AS is_last_count
  FROM asked_stock e
  JOIN stock_ledger l
    ON l.practice_id = getvariable('practice_id') AND l.location_id = getvariable('location_id')
    AND l.product_id = e.product_id AND l.date = e.local_date
  WHERE e.kind = 'count' AND l.counts > 0 AND is_asked_week(e.local_date)
    AND is_asked(getvariable('product_id'), e.product_id)
)
SELECT
  m.measure, c.table_name, c.record_id, c.source_file_id, c.source_line, c.local_date,
  c.product_id || ', ' || CASE WHEN c.is_last_count
    THEN 'book ' || plain(c.book_before_count) || ', counted ' || plain(c.counted)
      || coalesce(' at ' || plain(CAST(c.day_cost AS DECIMAL(18, 4))), ', no cost known')
      || CASE WHEN c.counts > 1 THEN ', ' || c.counts || ' counts of the day' ELSE '' END
    ELSE 'counted ' || plain(c.quantity) || ', see the last count of the day' END AS words,
  CAST(CASE WHEN NOT c.is_last_count THEN 0
    WHEN m.measure = 'shrinkage_cost' THEN c.shrinkage_cost
    WHEN m.measure = 'count_error_cost' THEN c.count_error_cost
    ELSE c.count_book_cost END AS DECIMAL(38, 10)) AS amount
FROM counted c
JOIN (VALUES ('shrinkage_cost'), ('count_error_cost'), ('count_book_cost')) m (measure)
  ON m.measure <> 'shrinkage_cost' OR NOT c.is_consignment
ORDER BY c.local_date, c.product_id, c.place
