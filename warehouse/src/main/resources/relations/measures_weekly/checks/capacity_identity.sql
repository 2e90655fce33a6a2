-- bookable = kept + no-show + late-cancelled + unresolved + idle, per location and provider, in
-- seconds.
SELECT practice_id, location_id, grain, member_id, week_start
FROM measures_weekly
GROUP BY ALL
HAVING coalesce(sum(amount) FILTER (measure = 'bookable_seconds'), 0)
  <> coalesce(sum(amount) FILTER (measure IN (
    'kept_seconds', 'no_show_seconds', 'late_cancelled_seconds', 'unresolved_seconds',
    'idle_seconds')), 0)
ORDER BY ALL
