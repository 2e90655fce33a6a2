-- A visit counts once; its other rows are shown with 0.
SELECT
  m.measure, 'appointments' AS table_name, k.appointment_id AS record_id, k.source_file_id,
  k.source_line, k.local_date,
  CASE WHEN k.appointment_id = v.deciding_id
    THEN replace(k.outcome, '_', ' ') ELSE 'same visit as ' || v.deciding_id END
    || ', ' || span(k.start_at, k.end_at, k.time_zone) AS words,
  CAST(CASE WHEN k.appointment_id = v.deciding_id THEN 1 ELSE 0 END AS DECIMAL(38, 10)) AS amount
FROM asked_appointments k
JOIN asked_visits v USING (visit_key)
JOIN (VALUES
  ('visits_attended', ['attended'], false),
  ('visits_no_show', ['no_show'], false),
  ('visits_late_cancelled', ['late_cancelled'], false),
  ('visits_unresolved', ['unresolved'], false),
  ('visits_cancelled', ['cancelled'], false),
  ('visits_due', ['attended', 'no_show', 'late_cancelled'], false),
  ('visits_attended_known', ['attended'], true),
  ('visits_since_history', ['attended'], true)) m (measure, outcomes, needs_client)
  ON list_contains(m.outcomes, v.visit_outcome)
  AND (NOT m.needs_client OR v.visit_client IS NOT NULL)
ORDER BY v.visit_date, v.deciding_id, amount DESC, k.start_at, k.appointment_id
