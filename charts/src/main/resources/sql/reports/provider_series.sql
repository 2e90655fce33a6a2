-- The numbers of a location's providers in one week, those that are known to be 0 among them.
WITH numbers AS (
    FROM kpi_weekly_provider
    UNION ALL BY NAME
    SELECT * EXCLUDE (grain, member_id), member_id AS provider_id
    FROM kpi_weekly_zeros
    WHERE grain = 'provider'
)
SELECT provider_id, kpi, week_start, value, is_stable, sample_size
FROM numbers
WHERE practice_id = $1 AND location_id = $2 AND week_start = $3
