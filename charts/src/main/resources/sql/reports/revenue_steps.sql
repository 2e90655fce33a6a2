-- What moved the net revenue of a practice's locations in the report's week.
SELECT *
FROM revenue_steps
WHERE practice_id = $1
ORDER BY location_id, part, category
