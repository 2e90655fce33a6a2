-- Seconds to minutes. Idle takes what the rounding of the others to 6 decimals leaves over, so that
-- the parts add up to the bookable minutes exactly.
WITH seconds AS (
  SELECT
    practice_id, location_id, member_id AS provider_id, week_start,
    coalesce(sum(amount) FILTER (measure = 'bookable_seconds'), 0) AS bookable,
    coalesce(sum(amount) FILTER (measure = 'kept_seconds'), 0) AS kept,
    coalesce(sum(amount) FILTER (measure = 'no_show_seconds'), 0) AS no_show,
    coalesce(sum(amount) FILTER (measure = 'late_cancelled_seconds'), 0) AS late_cancelled,
    coalesce(sum(amount) FILTER (measure = 'unresolved_seconds'), 0) AS unresolved,
    coalesce(sum(amount) FILTER (measure = 'overflow_seconds'), 0) AS overflow
  FROM measures_weekly
  JOIN locations USING (practice_id, location_id)
  WHERE grain = 'provider'
  GROUP BY ALL
), minutes AS (
  SELECT
    practice_id, location_id, provider_id, week_start,
    scaled(bookable, 1, 60) AS bookable_minutes,
    scaled(kept, 1, 60) AS kept_minutes,
    scaled(no_show, 1, 60) AS no_show_minutes,
    scaled(late_cancelled, 1, 60) AS late_cancelled_minutes,
    scaled(unresolved, 1, 60) AS unresolved_minutes,
    scaled(overflow, 1, 60) AS overflow_minutes
  FROM seconds
  WHERE bookable <> 0 OR overflow <> 0
)
SELECT
  *,
  bookable_minutes - kept_minutes - no_show_minutes - late_cancelled_minutes - unresolved_minutes
    AS idle_minutes
FROM minutes
ORDER BY practice_id, location_id, provider_id, week_start
