-- Ours plus the items of the vendor, divided at the end.
WITH changed AS (
  SELECT
    practice_id, location_id, week_start, kpi, vendor,
    sum(numerator_change) AS numerator_change, sum(denominator_change) AS denominator_change
  FROM kpi_crosswalk_items
  GROUP BY ALL
), summed AS (
  SELECT
    k.practice_id, k.location_id, k.week_start, k.kpi, d.vendor, k.value AS our_value,
    d.metric IS NOT NULL AS is_published, k.denominator IS NULL AS is_sum,
    k.numerator + coalesce(c.numerator_change, 0) AS numerator,
    k.denominator + coalesce(c.denominator_change, 0) AS denominator
  FROM kpi_weekly k
  JOIN kpi_crosswalk_definitions d USING (kpi)
  LEFT JOIN changed c USING (practice_id, location_id, week_start, kpi, vendor)
)
SELECT
  practice_id, location_id, week_start, kpi, vendor,
  CASE
    WHEN NOT is_published THEN NULL
    WHEN is_sum THEN CAST(numerator AS DOUBLE)
    WHEN denominator <> 0 THEN CAST(numerator AS DOUBLE) / CAST(denominator AS DOUBLE)
  END AS value,
  CASE WHEN is_published THEN numerator END AS numerator,
  CASE WHEN is_published THEN denominator END AS denominator,
  our_value,
  CASE
    WHEN NOT is_published THEN 'the vendor publishes no rule'
    WHEN NOT is_sum AND denominator = 0 THEN 'nothing to divide by in this week'
  END AS unavailable_reason
FROM summed
ORDER BY ALL
