-- A practice's numbers from the week $2 to the week $3, those that are known to be 0 among them.
SELECT kpi, week_start, value, is_stable, sample_size
FROM kpi_weekly_numbers
WHERE grain = 'practice' AND practice_id = $1 AND week_start BETWEEN $2 AND $3
