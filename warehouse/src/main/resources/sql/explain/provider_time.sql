-- Seconds of the providers, each given to one row: a bookable second to the first shift that holds
-- it, a kept one to the first attended appointment, and so on down the order of precedence. Rows
-- are cut at the ends of the week only: cuts at the midnights between change no sum.
WITH pieces AS (
  SELECT provider_id, 'shifts' AS table_name, shift_id AS record_id, source_file_id, source_line,
    local_date, CASE kind WHEN 'bookable' THEN 'bookable' ELSE 'blocked' END AS use,
    replace(kind, '_', ' ') AS verb, start_at, end_at
  FROM shifts
  WHERE practice_id = getvariable('practice_id') AND location_id = getvariable('location_id')
    AND local_date < getvariable('as_of') AND is_asked(getvariable('provider_id'), provider_id)
  UNION ALL
  SELECT provider_id, 'appointments', appointment_id, source_file_id, source_line, local_date,
    outcome,
    CASE outcome WHEN 'attended' THEN 'kept' WHEN 'no_show' THEN 'no-show'
      WHEN 'late_cancelled' THEN 'cancelled late' ELSE 'without an outcome' END,
    start_at, end_at
  FROM asked_appointments
  WHERE provider_id IS NOT NULL
    AND outcome IN ('attended', 'no_show', 'late_cancelled', 'unresolved')
), cut AS (
  SELECT *,
    greatest(start_at, getvariable('week_from')) AS piece_start,
    least(end_at, getvariable('week_until')) AS piece_end,
    row_number() OVER (ORDER BY start_at, table_name, record_id) AS piece_number
  FROM pieces
  WHERE start_at < getvariable('week_until') AND end_at > getvariable('week_from')
), bounds AS (
  SELECT provider_id, piece_start AS segment_start FROM cut
  UNION
  SELECT provider_id, piece_end FROM cut
), segments AS (
  SELECT *,
    lead(segment_start) OVER (PARTITION BY provider_id ORDER BY segment_start) AS segment_end
  FROM bounds
), covered AS (
  SELECT s.provider_id, s.segment_start,
    epoch_us(any_value(s.segment_end)) - epoch_us(s.segment_start) AS micros,
    CASE WHEN NOT bool_or(p.use = 'blocked')
      THEN min(p.piece_number) FILTER (p.use = 'bookable') END AS bookable,
    min(p.piece_number) FILTER (p.use = 'attended') AS attended,
    min(p.piece_number) FILTER (p.use = 'no_show') AS no_show,
    min(p.piece_number) FILTER (p.use = 'late_cancelled') AS late_cancelled,
    min(p.piece_number) FILTER (p.use = 'unresolved') AS unresolved
  FROM segments s
  JOIN cut p
    ON p.provider_id = s.provider_id AND p.piece_start <= s.segment_start
    AND p.piece_end >= s.segment_end
  GROUP BY s.provider_id, s.segment_start
), given AS (
  SELECT 'bookable_seconds' AS measure, bookable AS piece_number, micros FROM covered
  UNION ALL
  SELECT
    CASE
      WHEN attended IS NOT NULL THEN 'kept_seconds'
      WHEN no_show IS NOT NULL THEN 'no_show_seconds'
      WHEN late_cancelled IS NOT NULL THEN 'late_cancelled_seconds'
      ELSE 'unresolved_seconds'
    END,
    coalesce(attended, no_show, late_cancelled, unresolved), micros
  FROM covered
  WHERE bookable IS NOT NULL
), sums AS (
  SELECT measure, piece_number, sum(micros) AS micros
  FROM given
  WHERE piece_number IS NOT NULL
  GROUP BY ALL
)
SELECT
  u.measure, p.table_name, p.record_id, p.source_file_id, p.source_line, p.local_date,
  CASE
    WHEN p.use = 'blocked' THEN p.verb || ' ' || span(p.start_at, p.end_at, getvariable('zone'))
      || ' cannot be booked'
    ELSE p.verb || ' ' || minutes(coalesce(s.micros, 0)) || ' min of '
      || span(p.start_at, p.end_at, getvariable('zone'))
  END || ', ' || p.provider_id AS words,
  seconds(coalesce(s.micros, 0)) AS amount
FROM cut p
JOIN (VALUES
  ('bookable_seconds', 'bookable'), ('bookable_seconds', 'blocked'), ('kept_seconds', 'attended'),
  ('no_show_seconds', 'no_show'), ('late_cancelled_seconds', 'late_cancelled'),
  ('unresolved_seconds', 'unresolved')) u (measure, use) USING (use)
LEFT JOIN sums s ON s.measure = u.measure AND s.piece_number = p.piece_number
ORDER BY p.start_at, p.table_name, p.record_id
