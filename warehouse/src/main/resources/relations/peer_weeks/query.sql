-- 0 stockout days are a value, and the best one; no measure needs to say so.
SELECT
  practice_id, location_id, week_start, kpi, coalesce(s.numerator, 0) AS numerator,
  coalesce(s.denominator, 0) AS denominator, coalesce(s.sample, 0) AS sample,
  n.grain IS NOT NULL AS is_known
FROM (FROM kpi_sums WHERE grain = 'location') s
FULL JOIN (FROM kpi_weekly_numbers WHERE grain = 'location') n
  USING (practice_id, location_id, week_start, kpi)
JOIN kpi_availability a USING (practice_id, location_id, kpi)
JOIN kpi_scales d USING (kpi)
WHERE a.reason IS NULL AND d.at_location
