-- An entry that is in the books balances.
SELECT practice_id, entry_number
FROM journal_exported
GROUP BY ALL
HAVING coalesce(sum(debit), 0) <> coalesce(sum(credit), 0)
ORDER BY ALL
