-- The book of the as-of date at one location; no row before it opens.
SELECT *
FROM flash_today
WHERE practice_id = $1 AND location_id = $2
