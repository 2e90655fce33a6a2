-- What was on hand of each owned product, from a day on which it moved or was counted until the next
-- one, at the day's cost, for the days of the range: amount ÷ divisor, then ÷ the days of the range.
-- The value stands at the last event of the day, after which it was on hand; the others have 0.
WITH held AS (
  SELECT l.product_id, l.date, l.on_hand,
    least(
      coalesce(lead(l.date) OVER (PARTITION BY l.product_id ORDER BY l.date),
        getvariable('week_end') + 1),
      getvariable('week_end') + 1)
      - greatest(l.date, r.first_day) AS days_held,
    r.days
  FROM stock_ledger l
  CROSS JOIN stock_range r
  WHERE l.practice_id = getvariable('practice_id') AND l.location_id = getvariable('location_id')
    AND l.date <= getvariable('week_end') AND NOT l.is_consignment AND r.days >= 28
)
SELECT
  'mean_inventory' AS measure, e.table_name, e.record_id, e.source_file_id, e.source_line,
  e.local_date,
  CASE WHEN e.is_last_of_day
    THEN 'after this ' || replace(e.kind, '_', ' ') || ' ' || plain(h.on_hand) || ' ' || h.product_id
      || ' on hand at ' || plain(CAST(e.cost_paid / e.cost_units AS DECIMAL(18, 4))) || ', '
      || h.days_held || ' of ' || h.days || ' days'
    ELSE replace(e.kind, '_', ' ') || ' of ' || plain(e.quantity) || ' ' || h.product_id
      || ', earlier the same day'
  END AS words,
  CASE WHEN e.is_last_of_day THEN greatest(h.on_hand, 0) * h.days_held * e.cost_paid ELSE 0 END
    AS amount,
  e.cost_units AS divisor, NULL AS rounded_by, h.product_id AS scaled_by, 1 AS multiply_by,
  h.days AS divide_by
FROM held h
JOIN asked_stock e ON e.product_id = h.product_id AND e.local_date = h.date
WHERE h.days_held > 0
ORDER BY h.product_id, e.place
