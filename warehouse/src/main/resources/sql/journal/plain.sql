SELECT
  entry_number AS journal_no, journal_date, practice_id, location_id, account_code, account_name,
  debit, credit, memo
FROM lines
ORDER BY journal_date, location_id, entry_number, position
