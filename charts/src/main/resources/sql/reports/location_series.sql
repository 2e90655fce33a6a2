-- A location's numbers from the week $3 to the week $4, those that are known to be 0 among them.
SELECT kpi, week_start, value, is_stable, sample_size
FROM kpi_weekly_numbers
WHERE grain = 'location' AND practice_id = $1 AND location_id = $2 AND week_start BETWEEN $3 AND $4
