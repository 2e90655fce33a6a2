-- Clients whose first attended visit in the practice was at the asked location and became 90 days
-- old in the week; and those of them with another one on a later day until then, anywhere.
WITH visits AS (
  SELECT location_id, visit_key, min(local_date) AS visit_date, min(client_key) AS visit_client,
    first(appointment_id ORDER BY outcome_rank, start_at, appointment_id) AS deciding_id
  FROM practice_appointments
  WHERE local_date < getvariable('as_of')
  GROUP BY ALL
  HAVING min(outcome_rank) = 1 AND min(client_key) IS NOT NULL
), firsts AS (
  SELECT v.*
  FROM visits v
  SEMI JOIN first_appointments f
    ON f.client_key = v.visit_client AND f.location_id = v.location_id
    AND f.visit_key = v.visit_key
  QUALIFY row_number() OVER (
    PARTITION BY v.visit_client ORDER BY v.visit_date, v.location_id) = 1
), matured AS (
  SELECT * FROM firsts
  WHERE location_id = getvariable('location_id') AND is_asked_week(visit_date + 90)
), returns AS (
  SELECT m.visit_client, m.deciding_id AS first_id, m.visit_date AS first_date, v.location_id,
    v.deciding_id
  FROM matured m
  JOIN visits v
    ON v.visit_client = m.visit_client AND v.visit_date > m.visit_date
    AND v.visit_date <= m.visit_date + 90
  QUALIFY row_number() OVER (
    PARTITION BY m.visit_client ORDER BY v.visit_date, v.location_id, v.deciding_id) = 1
)
SELECT
  'clients_matured_90' AS measure, 'appointments' AS table_name, a.appointment_id AS record_id,
  a.source_file_id, a.source_line, a.local_date,
  'first visit, 90 days old on ' || (m.visit_date + 90) AS words,
  CAST(1 AS DECIMAL(38, 10)) AS amount
FROM matured m
JOIN practice_appointments a
  ON a.location_id = m.location_id AND a.appointment_id = m.deciding_id
UNION ALL
SELECT
  'clients_returned_90', 'appointments', a.appointment_id, a.source_file_id, a.source_line,
  a.local_date,
  'came again ' || CAST(a.local_date - r.first_date AS VARCHAR) || ' days after ' || r.first_id
    || ', at ' || r.location_id,
  1
FROM returns r
JOIN practice_appointments a
  ON a.location_id = r.location_id AND a.appointment_id = r.deciding_id
ORDER BY local_date, record_id
