-- Attended visits that hold the client's earliest attended start in the practice, unless the
-- clients export says that the practice had seen the client on an earlier day.
WITH new_clients AS (
  SELECT f.*
  FROM first_appointments f
  LEFT JOIN clients c USING (practice_id, client_key)
  WHERE c.first_seen_on IS NULL OR c.first_seen_on >= f.local_date
)
SELECT
  'visits_new_client' AS measure, 'appointments' AS table_name, n.appointment_id AS record_id,
  n.source_file_id, n.source_line, n.local_date,
  'first attended start of the client, ' || span(n.start_at, n.end_at, n.time_zone) AS words,
  CAST(1 AS DECIMAL(38, 10)) AS amount
FROM asked_visits v
JOIN new_clients n
  ON n.location_id = getvariable('location_id') AND n.visit_key = v.visit_key
  AND n.client_key = v.visit_client
WHERE v.visit_outcome = 'attended'
QUALIFY row_number() OVER (PARTITION BY v.visit_key ORDER BY n.appointment_id) = 1
ORDER BY v.visit_date, n.start_at, n.appointment_id
