SELECT
  location_name || ' ' || entry_number AS "*Narration", strftime(journal_date, '%d/%m/%Y') AS "*Date",
  memo AS "Description", account_code AS "*AccountCode", ${tax_rate} AS "*TaxRate",
  coalesce(debit, -credit) AS "*Amount",
  ${tracking} AS "TrackingName1",
  CASE WHEN ${tracking} IS NOT NULL THEN location_name END AS "TrackingOption1",
  NULL::VARCHAR AS "TrackingName2", NULL::VARCHAR AS "TrackingOption2"
FROM lines
ORDER BY journal_date, location_id, entry_number, position
