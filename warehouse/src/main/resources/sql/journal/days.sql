-- The lines of a practice's entries of some days, a debit above 0.
SELECT location_id, date, position, account, memo, coalesce(debit, 0) - coalesce(credit, 0) AS amount
FROM journal_daily
WHERE practice_id = $1 AND (CAST($2 AS VARCHAR) IS NULL OR location_id = $2)
  AND date BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
ORDER BY date, location_id, position
