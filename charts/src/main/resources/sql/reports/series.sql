-- The numbers of some practices and their locations from the week $2 to the week $3, those that are known to
-- be 0 among them; those of a practice are at no location.
SELECT practice_id, location_id, kpi, week_start, value, is_stable, sample_size
FROM kpi_weekly_numbers
WHERE grain IN ('practice', 'location') AND practice_id = ANY($1) AND week_start BETWEEN $2 AND $3
