-- What was on hand of owned products when the week ended, at cost. The value stands at the last
-- movement or count before, after which it was on hand.
SELECT
  'stock_value' AS measure, e.table_name, e.record_id, e.source_file_id, e.source_line,
  e.local_date,
  'after this ' || replace(e.kind, '_', ' ') || ' ' || plain(w.on_hand) || ' ' || w.product_id
    || ' on hand at ' || plain(CAST(w.unit_cost AS DECIMAL(18, 4))) AS words,
  w.stock_value AS amount
FROM stock_weekly w
JOIN asked_stock e USING (product_id)
WHERE w.practice_id = getvariable('practice_id') AND w.location_id = getvariable('location_id')
  AND w.week_start = getvariable('week_start') AND NOT w.is_consignment
  AND w.stock_value IS NOT NULL AND is_asked(getvariable('product_id'), w.product_id)
QUALIFY e.place = max(e.place) OVER (PARTITION BY w.product_id)
ORDER BY w.product_id
