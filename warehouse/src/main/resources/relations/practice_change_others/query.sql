SELECT
  o.practice_id, o.week_start, o.kpi, o.location_id,
  CASE
    WHEN NOT o.is_told THEN 'untold'
    WHEN o.opened_on > o.week_start - 28 THEN 'opened'
    ELSE 'untold_before'
  END AS reason,
  CASE WHEN o.is_told AND o.opened_on > o.week_start - 28 THEN o.opened_on END AS opened_on,
  CAST(o.numerator AS DOUBLE)
    / CASE WHEN d.is_ratio THEN nullif(CAST(o.denominator AS DOUBLE), 0) ELSE 1 END AS value,
  CAST(o.base_numerator AS DOUBLE)
    / CASE WHEN d.is_ratio THEN nullif(CAST(o.base_denominator AS DOUBLE), 0)
      ELSE nullif(o.told_before, 0) END AS base_value
FROM practice_change_locations o
JOIN kpi_scales d USING (kpi)
WHERE NOT (o.is_told AND o.told_before = 4)
ORDER BY ALL
