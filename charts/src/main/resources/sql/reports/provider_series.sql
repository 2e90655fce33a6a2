-- The numbers of the providers of some practices in one week, those that are known to be 0 among them.
SELECT practice_id, location_id, member_id AS provider_id, kpi, week_start, value, is_stable, sample_size
FROM kpi_weekly_numbers
WHERE grain = 'provider' AND practice_id = ANY($1) AND week_start = $2
