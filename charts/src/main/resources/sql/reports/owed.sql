SELECT practice_id, location_id, from_days, receipts, owed
FROM receivables
WHERE practice_id = ANY($1)
ORDER BY from_days
