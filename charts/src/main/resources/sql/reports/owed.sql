SELECT from_days, receipts, owed
FROM receivables
WHERE practice_id = $1 AND location_id = $2
ORDER BY from_days
