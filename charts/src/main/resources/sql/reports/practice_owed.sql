SELECT practice_id, from_days, CAST(sum(receipts) AS BIGINT) AS receipts, sum(owed) AS owed
FROM receivables
WHERE practice_id = ANY($1)
GROUP BY practice_id, from_days
ORDER BY from_days
