-- Debit and credit of an entry are equal, and rounding stays below a cent a line.
SELECT practice_id, location_id, date
FROM journal_daily
GROUP BY ALL
HAVING coalesce(sum(debit), 0) <> coalesce(sum(credit), 0)
  OR coalesce(sum(coalesce(debit, credit)) FILTER (account = 'rounding'), 0) > 0.25
ORDER BY ALL
