SELECT count(*) AS lines
FROM identities
WHERE practice_id = ANY($1)
