-- Revenue is that of kpi_daily; what is billed, collected, due and missed is formed anew, and must be
-- what kpi_daily divides. Receipts of the weeks before are younger here than there.
SELECT DISTINCT f.practice_id, f.location_id, f.date
FROM flash_days f
JOIN kpi_daily k USING (practice_id, location_id, date)
WHERE k.category IS NULL AND CASE k.kpi
  WHEN 'no_show_rate' THEN f.visits_due <> k.denominator OR f.visits_no_show <> k.numerator
  WHEN 'collection_rate'
    THEN f.weeks_ago = 0 AND (f.billed <> k.denominator OR f.collected <> k.numerator)
  END
ORDER BY ALL
