-- A location's numbers from the week $3 to the week $4; sums that are known to be 0 have no row in kpi_weekly.
WITH numbers AS (
    FROM kpi_weekly
    UNION ALL BY NAME
    SELECT * EXCLUDE (grain, member_id)
    FROM kpi_weekly_zeros
    WHERE grain = 'location'
)
SELECT kpi, week_start, value, is_stable, sample_size
FROM numbers
WHERE practice_id = $1 AND location_id = $2 AND week_start BETWEEN $3 AND $4
