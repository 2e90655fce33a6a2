-- What providers have, the unattributed one included, is what their location has: to the cent, the
-- second and the row.
SELECT practice_id, location_id, week_start, measure
FROM measures_weekly
WHERE measure IN (
  'net_service', 'net_retail', 'net_fee', 'gross_service', 'gross_retail', 'gross_fee',
  'discount_service', 'discount_retail', 'discount_fee', 'lines_sold',
  'bookable_seconds', 'kept_seconds', 'no_show_seconds', 'late_cancelled_seconds',
  'unresolved_seconds', 'idle_seconds', 'overflow_seconds', 'worked_seconds', 'overtime_seconds',
  'rows_booked', 'rows_started', 'rows_started_late', 'rows_timed', 'actual_seconds',
  'scheduled_seconds')
  AND grain IN ('location', 'provider')
GROUP BY ALL
HAVING coalesce(sum(amount) FILTER (grain = 'location'), 0)
  <> coalesce(sum(amount) FILTER (grain = 'provider'), 0)
ORDER BY ALL
