-- What somebody knew on the evening before a week began: a booking stands if it was made on a day
-- before and not cancelled on one. Without its time of booking nobody knows since when it stood, so it
-- never did; a cancellation without its time was early.
SELECT
  b.practice_id, b.location_id, b.appointment_id, b.week_start, b.local_date AS date,
  b.local_date - b.week_start AS days_ahead, b.service_id, b.status, b.booked_on, b.cancelled_on,
  coalesce(b.booking_channel, 'unknown') AS channel,
  CASE
    WHEN b.local_date - b.booked_on <= 1 THEN 1
    WHEN b.local_date - b.booked_on <= 7 THEN 2
    WHEN b.local_date - b.booked_on <= 30 THEN 3
    ELSE 4
  END AS lead_class,
  coalesce(
    b.booked_on < b.week_start AND (b.status <> 'cancelled' OR b.cancelled_on >= b.week_start), false)
    AS is_standing,
  CASE
    WHEN b.status IN ('arrived', 'completed') THEN true
    WHEN b.status IN ('no_show', 'cancelled') THEN false
  END AS is_attended
FROM (
  SELECT
    a.*, week_of(a.local_date, c.last_week) AS week_start,
    CAST(timezone(l.time_zone, a.booked_at) AS DATE) AS booked_on,
    CAST(timezone(l.time_zone, a.cancelled_at) AS DATE) AS cancelled_on
  FROM appointments a
  JOIN locations l USING (practice_id, location_id)
  CROSS JOIN computed c
  WHERE a.local_date BETWEEN c.first_week AND c.last_week + 13 AND a.status <> 'deleted'
) b
