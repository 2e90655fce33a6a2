-- The weeks of which sales or payments of a practice's locations did not arrive.
SELECT DISTINCT location_id, week_start
FROM untold_weeks
WHERE practice_id = $1 AND week_start <= CAST($3 AS DATE) AND week_start + 6 >= CAST($2 AS DATE)
