SELECT practice_id, count(*) AS lines
FROM identities
WHERE practice_id = ANY($1)
GROUP BY practice_id
