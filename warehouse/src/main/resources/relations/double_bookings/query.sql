-- The rows of a class with one provider, room and day are one use as long as each begins before
-- those before it are over; it bears the id of the first of them. Each use meets those that start on
-- its own day or up to two days later (24 hours can reach over a day that daylight saving makes
-- short), so that the join is on equal days and stays fast.
WITH standing AS (
  SELECT
    practice_id, location_id, appointment_id, class_id, provider_id, room_id, service_id, start_at,
    end_at, local_date
  FROM appointments
  WHERE status NOT IN ('cancelled', 'deleted')
), of_classes AS (
  SELECT
    *,
    coalesce(
      start_at >= max(end_at) OVER (class ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true)
      AS begins
  FROM standing
  WHERE class_id IS NOT NULL
  WINDOW class AS (
    PARTITION BY practice_id, location_id, class_id, provider_id, room_id, local_date
    ORDER BY start_at, appointment_id)
), sessions AS (
  SELECT
    *,
    count(*) FILTER (WHERE begins) OVER (
      PARTITION BY practice_id, location_id, class_id, provider_id, room_id, local_date
      ORDER BY start_at, appointment_id) AS session
  FROM of_classes
), booked AS (
  SELECT * FROM standing WHERE class_id IS NULL
  UNION ALL BY NAME
  SELECT
    practice_id, location_id, class_id, provider_id, room_id, local_date,
    first(appointment_id ORDER BY start_at, appointment_id) AS appointment_id,
    first(service_id ORDER BY start_at, appointment_id) AS service_id,
    min(start_at) AS start_at, max(end_at) AS end_at
  FROM sessions
  GROUP BY
    practice_id, location_id, class_id, provider_id, room_id, local_date, session
), reaching AS (
  SELECT booked.*, CAST(booked.local_date + reach.days AS DATE) AS meets_on
  FROM booked, (VALUES (0), (1), (2)) reach (days)
), pairs AS (
  SELECT first, second
  FROM reaching first
  JOIN booked second
    ON second.practice_id = first.practice_id
    AND second.location_id = first.location_id
    AND second.provider_id = first.provider_id
    AND second.local_date = first.meets_on
  UNION ALL
  SELECT first, second
  FROM reaching first
  JOIN booked second
    ON second.practice_id = first.practice_id
    AND second.location_id = first.location_id
    AND second.room_id = first.room_id
    AND second.local_date = first.meets_on
)
SELECT DISTINCT
  first.practice_id AS practice_id,
  first.location_id AS location_id,
  second.local_date AS local_date,
  first.appointment_id AS first_appointment_id,
  second.appointment_id AS second_appointment_id,
  CASE
    WHEN first.provider_id = second.provider_id AND first.room_id = second.room_id THEN 'both'
    WHEN first.provider_id = second.provider_id THEN 'provider'
    ELSE 'room'
  END AS shared,
  CASE WHEN first.provider_id = second.provider_id THEN first.provider_id END AS provider_id,
  CASE WHEN first.room_id = second.room_id THEN first.room_id END AS room_id,
  first.service_id AS first_service_id,
  second.service_id AS second_service_id,
  second.start_at AS overlap_starts_at,
  CAST(
    (epoch_us(least(first.end_at, second.end_at)) - epoch_us(second.start_at)) / 60000000
    AS DECIMAL(18, 6)) AS overlap_minutes
FROM pairs
WHERE (second.start_at > first.start_at
    OR (second.start_at = first.start_at AND second.appointment_id > first.appointment_id))
  AND second.start_at < first.end_at
  AND (second.class_id = first.class_id) IS NOT TRUE
