-- Counts that set nothing, because they fit another unit of their product (vials for units); the newest first.
SELECT location_id, product_id, lot, date AS counted_on, counted, book_before_count AS books,
  'about ' || CAST(round(factor) AS BIGINT) || ' in one; count it again in the unit of its movements, or adjust it' AS looks_like
FROM stock_unit_mismatches
ORDER BY date DESC, location_id, product_id, count_id
LIMIT 20
