SELECT *
FROM flash_pace
WHERE practice_id = $1 AND location_id = $2
