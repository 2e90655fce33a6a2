SELECT *
FROM sources
WHERE practice_id = ANY($1)
ORDER BY source
