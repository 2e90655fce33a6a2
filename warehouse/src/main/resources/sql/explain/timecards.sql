-- Seconds on time cards; a card belongs whole to the local day of clock-in. Of overtime a card has
-- what lies beyond the provider's first 40 hours of the week, at the location or, of a practice, at
-- all its locations.
WITH cards AS (
  SELECT t.*, l.time_zone, epoch_us(clock_out_at) - epoch_us(clock_in_at) AS micros
  FROM timecards t
  JOIN locations l USING (practice_id, location_id)
  WHERE t.practice_id = getvariable('practice_id')
    AND is_asked(getvariable('location_id'), t.location_id)
    AND is_asked_week(local_date) AND is_asked(getvariable('provider_id'), provider_id)
), running AS (
  SELECT *,
    sum(micros) OVER (
      PARTITION BY provider_id ORDER BY clock_in_at, location_id, timecard_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - 144000000000 AS beyond
  FROM cards
), told AS (
  SELECT *, 'worked_seconds' AS measure, 'worked ' AS verb, micros AS counted FROM running
  UNION ALL
  SELECT *, 'overtime_seconds', 'overtime ', greatest(0, least(micros, beyond)) FROM running
)
SELECT
  measure, 'timecards' AS table_name, timecard_id AS record_id, source_file_id, source_line,
  local_date,
  verb || minutes(counted) || ' min of ' || span(clock_in_at, clock_out_at, time_zone) || ', '
    || provider_id AS words,
  seconds(counted) AS amount
FROM told
ORDER BY provider_id, clock_in_at, location_id, timecard_id
