SELECT from_days, CAST(sum(receipts) AS BIGINT) AS receipts, sum(owed) AS owed
FROM receivables
WHERE practice_id = $1
GROUP BY from_days
ORDER BY from_days
