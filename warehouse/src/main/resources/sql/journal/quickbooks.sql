SELECT
  entry_number AS "Journal No", strftime(journal_date, '%m/%d/%Y') AS "Journal Date",
  account_name AS "Account Name", debit AS "Debits", credit AS "Credits",
  memo AS "Description", contact AS "Name", location_name AS "Location"
FROM lines
ORDER BY journal_date, location_id, entry_number, position
