-- What moved the net revenue of some practices' locations in the report's week.
SELECT *
FROM revenue_steps
WHERE practice_id = ANY($1)
ORDER BY location_id, part, category
