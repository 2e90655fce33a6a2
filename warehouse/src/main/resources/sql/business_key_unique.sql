-- Run for each relation with a business key, and for the measures.
SELECT ${key}
FROM ${relation}
GROUP BY ALL
HAVING count(*) > 1
ORDER BY ALL
