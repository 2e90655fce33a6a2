SELECT
  entry_number AS "Journal No", strftime(journal_date, '%m/%d/%Y') AS "Journal Date",
  account_name AS "Account Name", debit AS "Debits", credit AS "Credits",
  memo AS "Description", NULL::VARCHAR AS "Name", location_name AS "Location"
FROM lines
ORDER BY entry_number, position
