-- Pairs count at the row that starts later; the other row of the pair is shown with 0.
WITH pairs AS (
  SELECT *
  FROM double_bookings
  WHERE practice_id = getvariable('practice_id') AND location_id = getvariable('location_id')
    AND is_asked_week(local_date) AND is_asked(getvariable('provider_id'), provider_id)
)
SELECT
  'double_bookings' AS measure, 'appointments' AS table_name, a.appointment_id AS record_id,
  a.source_file_id, a.source_line, a.local_date,
  CASE WHEN side.is_later THEN 'overlaps ' || p.first_appointment_id || ' by '
      || plain(p.overlap_minutes) || ' min, same '
      || concat_ws(' and ', 'provider ' || p.provider_id, 'room ' || p.room_id)
    ELSE 'is overlapped by ' || p.second_appointment_id END
    || ', ' || span(a.start_at, a.end_at, a.time_zone) AS words,
  CAST(CASE WHEN side.is_later THEN 1 ELSE 0 END AS DECIMAL(38, 10)) AS amount
FROM pairs p
CROSS JOIN (VALUES (true), (false)) side (is_later)
JOIN practice_appointments a
  ON a.location_id = p.location_id
  AND a.appointment_id
    = CASE WHEN side.is_later THEN p.second_appointment_id ELSE p.first_appointment_id END
ORDER BY p.local_date, p.second_appointment_id, p.first_appointment_id, amount DESC
