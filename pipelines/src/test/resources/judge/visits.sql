-- Visits per location, and per provider from that provider's rows alone.

CREATE TABLE visit_rows AS
SELECT practice_id, location_id, provider_id, day,
  CASE WHEN visit_id IS NOT NULL THEN 'visit ' || visit_id
    WHEN client_id IS NOT NULL THEN 'client ' || client_id || ' on ' || day
    ELSE 'row ' || appointment_id END AS visit,
  CASE WHEN is_gone OR status = 'deleted' THEN 'deleted'
    WHEN status IN ('arrived', 'completed') THEN 'attended'
    WHEN status = 'no_show' THEN 'no_show'
    WHEN status = 'cancelled' AND cancelled_at IS NOT NULL
      AND epoch_us(start_at) - epoch_us(cancelled_at) < notice_hours * 3600000000 THEN 'late'
    WHEN status = 'cancelled' THEN 'early'
    ELSE 'unresolved' END AS outcome
FROM current_appointments, parameters
WHERE day < as_of;

CREATE TABLE judged_visits AS
SELECT practice_id, location_id, NULL::VARCHAR AS provider_id, week_of(min(day)) AS week_start,
  list(outcome) AS outcomes
FROM visit_rows GROUP BY practice_id, location_id, visit
UNION ALL
SELECT practice_id, location_id, provider_id, week_of(min(day)), list(outcome)
FROM visit_rows WHERE provider_id IS NOT NULL
GROUP BY practice_id, location_id, provider_id, visit;

CREATE TABLE dues AS
SELECT practice_id, location_id, provider_id, week_start,
  count(*) FILTER (WHERE list_contains(outcomes, 'attended')) AS attended,
  count(*) FILTER (WHERE list_contains(outcomes, 'no_show')
    AND NOT list_contains(outcomes, 'attended')) AS no_show,
  count(*) FILTER (WHERE list_contains(outcomes, 'late')
    AND NOT list_has_any(outcomes, ['attended', 'no_show'])) AS late
FROM judged_visits GROUP BY ALL;

INSERT INTO judged
SELECT practice_id, location_id, provider_id, week_start, 'no_show_rate', no_show,
  attended + no_show + late
FROM dues;

INSERT INTO judged
SELECT practice_id, location_id, provider_id, week_start, 'late_cancel_rate', late,
  attended + no_show + late
FROM dues;
