SELECT
  location_name || ' ' || entry_number AS "*Narration", strftime(journal_date, '%d/%m/%Y') AS "*Date",
  memo AS "Description", account_code AS "*AccountCode", ${tax_rate} AS "*TaxRate",
  coalesce(debit, -credit) AS "*Amount",
  NULL::VARCHAR AS "TrackingName1", NULL::VARCHAR AS "TrackingOption1",
  NULL::VARCHAR AS "TrackingName2", NULL::VARCHAR AS "TrackingOption2"
FROM lines
ORDER BY entry_number, position
