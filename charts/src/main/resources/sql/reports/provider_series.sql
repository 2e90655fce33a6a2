-- The numbers of a location's providers in one week, those that are known to be 0 among them.
SELECT member_id AS provider_id, kpi, week_start, value, is_stable, sample_size
FROM kpi_weekly_numbers
WHERE grain = 'provider' AND practice_id = $1 AND location_id = $2 AND week_start = $3
