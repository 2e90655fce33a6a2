-- The months of a calendar have what the weeks have: numerators and denominators of all periods together
-- are those of all computed weeks together, for every KPI that is a sum of days, at every grain. Each
-- number is rounded to 6 decimals once, so that n of them may be off by n halves of the last.
WITH both_sides AS (
  SELECT grain, practice_id, location_id, member_id, calendar, kpi, numerator,
    coalesce(denominator, 0) AS denominator
  FROM kpi_monthly_numbers
  UNION ALL
  SELECT n.grain, n.practice_id, n.location_id, n.member_id, r.calendar, n.kpi, -n.numerator,
    -coalesce(n.denominator, 0)
  FROM kpi_weekly_numbers n
  JOIN computed c ON n.week_start >= c.first_week
  CROSS JOIN (SELECT DISTINCT calendar FROM periods) r
)
SELECT calendar, grain, practice_id, location_id, member_id, kpi
FROM both_sides
SEMI JOIN (FROM kpi_definitions WHERE months = 'sum') USING (kpi)
GROUP BY ALL
HAVING abs(sum(numerator)) > 0.0000005 * (count(*) + 1)
  OR abs(sum(denominator)) > 0.0000005 * (count(*) + 1)
ORDER BY ALL
