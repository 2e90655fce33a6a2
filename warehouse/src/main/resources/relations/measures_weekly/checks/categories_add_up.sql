-- Amounts of service and timed rows of the service categories, the uncategorised included, are those
-- of the location. Its lines sold hold retail too, which is in no category.
SELECT practice_id, location_id, week_start, measure
FROM measures_weekly
WHERE measure IN (
  'net_service', 'gross_service', 'discount_service', 'rows_timed', 'actual_seconds',
  'scheduled_seconds')
  AND grain IN ('location', 'category')
GROUP BY ALL
HAVING coalesce(sum(amount) FILTER (grain = 'location'), 0)
  <> coalesce(sum(amount) FILTER (grain = 'category'), 0)
ORDER BY ALL
