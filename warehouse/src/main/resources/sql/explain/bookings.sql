-- Booked services one by one; deleted ones are in none of it.
WITH seen AS (
  SELECT *, outcome = 'attended' AS is_attended,
    epoch_us(start_at) - epoch_us(cancelled_at) AS notice,
    epoch_us(started_at) - epoch_us(start_at) AS delay,
    epoch_us(finished_at) - epoch_us(started_at) AS actual,
    epoch_us(end_at) - epoch_us(start_at) AS scheduled,
    greatest(0, epoch_us(started_at) - greatest(epoch_us(checked_in_at), epoch_us(start_at)))
      AS wait
  FROM asked_appointments
  WHERE is_asked_week(local_date) AND outcome <> 'deleted'
), told AS (
  SELECT *, m.measure,
    CASE m.measure
      WHEN 'rows_with_channel' THEN booking_channel
      WHEN 'rows_online' THEN booking_channel
      WHEN 'rows_changed_last_minute' THEN 'cancelled ' || minutes(abs(notice)) || ' min '
        || CASE WHEN notice < 0 THEN 'after' ELSE 'before' END || ' its start'
      WHEN 'rows_started' THEN 'started at ' || clock(started_at, time_zone)
      WHEN 'rows_started_late' THEN 'started ' || minutes(delay) || ' min late'
      WHEN 'actual_seconds' THEN 'took ' || minutes(actual) || ' min from '
        || span(started_at, finished_at, time_zone)
      WHEN 'scheduled_seconds' THEN 'booked for ' || minutes(scheduled) || ' min'
      WHEN 'rows_waited' THEN 'checked in at ' || clock(checked_in_at, time_zone)
        || ', started at ' || clock(started_at, time_zone)
      WHEN 'wait_seconds' THEN 'waited ' || minutes(wait) || ' min'
    END AS told,
    CAST(CASE m.measure
      WHEN 'rows_with_channel' THEN CASE WHEN booking_channel IS NOT NULL THEN 1 END
      WHEN 'rows_online' THEN CASE WHEN booking_channel IN ('online', 'app') THEN 1 END
      WHEN 'rows_changed_last_minute'
        THEN CASE WHEN status = 'cancelled' AND notice < 86400000000 THEN 1 END
      WHEN 'rows_started' THEN CASE WHEN is_attended AND started_at IS NOT NULL THEN 1 END
      WHEN 'rows_started_late' THEN CASE WHEN is_attended AND delay > 600000000 THEN 1 END
      WHEN 'actual_seconds' THEN CASE WHEN is_attended AND actual IS NOT NULL THEN seconds(actual) END
      WHEN 'scheduled_seconds'
        THEN CASE WHEN is_attended AND actual IS NOT NULL THEN seconds(scheduled) END
      WHEN 'rows_waited'
        THEN CASE WHEN is_attended AND started_at IS NOT NULL AND checked_in_at IS NOT NULL THEN 1 END
      WHEN 'wait_seconds'
        THEN CASE WHEN is_attended AND started_at IS NOT NULL AND checked_in_at IS NOT NULL
          THEN seconds(wait) END
    END AS DECIMAL(38, 10)) AS amount
  FROM seen
  CROSS JOIN (VALUES
    ('rows_with_channel'), ('rows_online'), ('rows_changed_last_minute'), ('rows_started'),
    ('rows_started_late'), ('actual_seconds'), ('scheduled_seconds'), ('rows_waited'),
    ('wait_seconds')) m (measure)
)
SELECT
  measure, 'appointments' AS table_name, appointment_id AS record_id, source_file_id, source_line,
  local_date, told || ', ' || span(start_at, end_at, time_zone) AS words, amount
FROM told
WHERE amount IS NOT NULL
ORDER BY start_at, appointment_id
