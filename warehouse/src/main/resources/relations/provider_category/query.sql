-- Revenue per treated hour by provider and service category over the 91 days to the end of the last
-- computed week, shrunk to the practice's mean of the category as if each had 20 more hours of it:
-- (n·x + 20·μ) ÷ (n + 20) with n in hours, where n·x is the revenue.
WITH treated AS (
  SELECT
    a.practice_id, a.location_id, a.provider_id, coalesce(s.category, 'uncategorised') AS category,
    CAST(sum(epoch_us(a.end_at) - epoch_us(a.start_at)) AS DECIMAL(38, 0)) AS micros,
    count(*) AS rows_attended
  FROM appointments a
  JOIN locations USING (practice_id, location_id)
  CROSS JOIN computed c
  LEFT JOIN services s USING (practice_id, service_id)
  WHERE a.local_date BETWEEN c.last_week - 84 AND c.last_week + 6
    AND a.status IN ('arrived', 'completed') AND a.provider_id IS NOT NULL
  GROUP BY ALL
), earned AS (
  SELECT
    l.practice_id, l.location_id, l.provider_id, coalesce(s.category, 'uncategorised') AS category,
    sum(l.net_amount) AS net_service
  FROM sale_lines l
  CROSS JOIN computed c
  LEFT JOIN services s USING (practice_id, service_id)
  WHERE l.local_date BETWEEN c.last_week - 84 AND c.last_week + 6
    AND l.kind = 'service' AND l.provider_id IS NOT NULL
  GROUP BY ALL
), attributed AS (
  -- Where an export names nobody, an amount of 0 for each provider would be made up.
  SELECT DISTINCT practice_id, location_id FROM earned WHERE net_service <> 0
), joined AS (
  SELECT t.*, coalesce(e.net_service, 0) AS net_service
  FROM treated t
  JOIN attributed USING (practice_id, location_id)
  LEFT JOIN earned e USING (practice_id, location_id, provider_id, category)
), means AS (
  SELECT
    practice_id, category,
    CAST(sum(net_service) AS DOUBLE) / (CAST(sum(micros) AS DOUBLE) / 3600000000) AS mean
  FROM joined
  GROUP BY ALL
)
SELECT
  j.practice_id, j.location_id, j.provider_id, j.category, c.last_week AS week_start,
  j.rows_attended, j.net_service, CAST(j.micros AS DOUBLE) / 3600000000 AS treated_hours,
  CAST(j.net_service AS DOUBLE) / (CAST(j.micros AS DOUBLE) / 3600000000)
    AS revenue_per_treated_hour,
  m.mean AS category_mean,
  (CAST(j.net_service AS DOUBLE) + 20 * m.mean) / (CAST(j.micros AS DOUBLE) / 3600000000 + 20)
    AS shrunk_revenue_per_treated_hour
FROM joined j
JOIN means m USING (practice_id, category)
CROSS JOIN computed c
ORDER BY j.practice_id, j.location_id, j.provider_id, j.category
