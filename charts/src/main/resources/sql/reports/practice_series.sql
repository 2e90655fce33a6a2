-- A practice's numbers from the week $2 to the week $3, those that are known to be 0 among them.
WITH numbers AS (
    FROM kpi_weekly_practice
    UNION ALL BY NAME
    SELECT * EXCLUDE (grain, member_id)
    FROM kpi_weekly_zeros
    WHERE grain = 'practice'
)
SELECT kpi, week_start, value, is_stable, sample_size
FROM numbers
WHERE practice_id = $1 AND week_start BETWEEN $2 AND $3
