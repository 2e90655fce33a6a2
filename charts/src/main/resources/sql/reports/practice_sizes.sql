SELECT practice_id, count(*) AS locations
FROM locations
GROUP BY practice_id
