-- Days of the week without usable stock of products in use. A stretch between two days with events
-- counts whole if nothing usable was on hand when it began; where something was and lots expired in
-- it, the rest of the week's days, which stock_weekly has, stands there. Each stretch stands at the
-- last movement or count before it.
WITH weeks AS (
  SELECT * FROM stock_weekly
  WHERE practice_id = getvariable('practice_id') AND location_id = getvariable('location_id')
    AND week_start = getvariable('week_start') AND is_in_use AND stockout_days <> 0
), stretches AS (
  SELECT l.product_id, l.date, l.usable_on_hand, w.stockout_days,
    least(
      coalesce(lead(l.date) OVER (PARTITION BY l.product_id ORDER BY l.date),
        getvariable('week_end') + 1),
      getvariable('week_end') + 1)
      - greatest(l.date, getvariable('week_start')) AS days
  FROM stock_ledger l
  JOIN weeks w USING (practice_id, location_id, product_id)
  WHERE l.date <= getvariable('week_end')
), empty AS (
  SELECT *, CASE WHEN usable_on_hand <= 0 THEN days ELSE 0 END AS empty_days,
    stockout_days
      - sum(CASE WHEN usable_on_hand <= 0 THEN days ELSE 0 END) OVER (PARTITION BY product_id)
      AS expired_days,
    row_number() OVER (PARTITION BY product_id, usable_on_hand > 0 ORDER BY date DESC) AS from_end
  FROM stretches
  WHERE days > 0
)
SELECT
  'stockout_days' AS measure, e.table_name, e.record_id, e.source_file_id, e.source_line,
  e.local_date,
  'after this ' || replace(e.kind, '_', ' ') || ' ' || plain(s.usable_on_hand) || ' '
    || s.product_id || ' usable'
    || CASE WHEN s.usable_on_hand > 0 THEN ', until lots expired' ELSE '' END AS words,
  CAST(CASE WHEN s.usable_on_hand <= 0 THEN s.empty_days ELSE s.expired_days END
    AS DECIMAL(38, 10)) AS amount
FROM empty s
JOIN asked_stock e
  ON e.product_id = s.product_id AND e.local_date = s.date AND e.is_last_of_day
WHERE s.usable_on_hand <= 0 OR (s.from_end = 1 AND s.expired_days <> 0)
ORDER BY s.product_id, s.date
