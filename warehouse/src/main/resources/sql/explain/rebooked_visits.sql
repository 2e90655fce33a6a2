-- Attended visits whose client had a later appointment booked before the visit's day was over: the
-- visit counts at its deciding row, and the first appointment that was booked is shown with 0.
WITH visits AS (
  SELECT * FROM asked_visits WHERE visit_outcome = 'attended' AND visit_client IS NOT NULL
), later AS (
  SELECT v.visit_key, p.*
  FROM visits v
  JOIN practice_appointments p
    ON p.client_key = v.visit_client AND p.status <> 'deleted' AND p.local_date > v.visit_date
    AND p.booked_at < (SELECT begins_at FROM asked_days d WHERE d.day = v.visit_date + 1)
  QUALIFY row_number() OVER (
    PARTITION BY v.visit_key ORDER BY p.booked_at, p.start_at, p.location_id, p.appointment_id) = 1
)
SELECT
  'visits_rebooked' AS measure, 'appointments' AS table_name, a.appointment_id AS record_id,
  a.source_file_id, a.source_line, a.local_date,
  'attended, and ' || l.appointment_id || ' on ' || l.local_date || ' was booked by then' AS words,
  CAST(1 AS DECIMAL(38, 10)) AS amount, v.visit_date, a.appointment_id AS visit_id
FROM visits v
JOIN later l USING (visit_key)
JOIN asked_appointments a ON a.appointment_id = v.deciding_id
UNION ALL
SELECT
  'visits_rebooked', 'appointments', l.appointment_id, l.source_file_id, l.source_line,
  l.local_date,
  'booked on ' || strftime(timezone(getvariable('zone'), l.booked_at), '%Y-%m-%d %H:%M')
    || ', after the visit with ' || v.deciding_id,
  0, v.visit_date, v.deciding_id
FROM visits v
JOIN later l USING (visit_key)
ORDER BY visit_date, visit_id, amount DESC
