-- Net service and timed rows of the service categories, the uncategorised included, are those of the
-- location.
SELECT practice_id, location_id, week_start, measure
FROM measures_weekly
WHERE measure IN ('net_service', 'rows_timed', 'actual_seconds', 'scheduled_seconds')
  AND grain IN ('location', 'category')
GROUP BY ALL
HAVING coalesce(sum(amount) FILTER (grain = 'location'), 0)
  <> coalesce(sum(amount) FILTER (grain = 'category'), 0)
ORDER BY ALL
