WITH categories AS (
  SELECT
    d.practice_id, d.location_id, d.date, d.weeks_ago, d.is_compared, k.category,
    k.numerator AS net_revenue
  FROM flash_days d
  JOIN kpi_daily k USING (practice_id, location_id, date)
  WHERE d.net_revenue IS NOT NULL AND k.kpi = 'net_revenue' AND k.category IS NOT NULL
), services AS (
  SELECT practice_id, location_id, date, sum(net_revenue) AS net_revenue
  FROM categories
  GROUP BY ALL
), parts AS (
  SELECT * FROM categories
  UNION ALL BY NAME
  SELECT
    d.practice_id, d.location_id, d.date, d.weeks_ago, d.is_compared, NULL AS category,
    d.net_revenue - coalesce(s.net_revenue, 0) AS net_revenue
  FROM flash_days d
  LEFT JOIN services s USING (practice_id, location_id, date)
  WHERE d.net_revenue <> coalesce(s.net_revenue, 0)
), told AS (
  SELECT
    f.practice_id, f.location_id,
    count(net_revenue) FILTER (f.date = c.as_of - 1) > 0 AS has_yesterday,
    count(net_revenue) FILTER (f.weeks_ago = 0) > 0 AS has_week,
    count(*) FILTER (f.is_compared) > 0 AS has_base
  FROM flash_days f
  CROSS JOIN computed c
  GROUP BY ALL
)
SELECT
  p.practice_id, p.location_id, p.category,
  CASE WHEN t.has_yesterday
    THEN coalesce(sum(p.net_revenue) FILTER (p.date = c.as_of - 1), 0) END AS yesterday,
  CASE WHEN t.has_week
    THEN coalesce(sum(p.net_revenue) FILTER (p.weeks_ago = 0), 0) END AS week_to_date,
  CASE WHEN t.has_base
    THEN coalesce(sum(p.net_revenue) FILTER (p.weeks_ago = 0 AND p.is_compared), 0) END AS compared,
  CASE WHEN t.has_base
    THEN scaled(coalesce(sum(p.net_revenue) FILTER (p.weeks_ago > 0 AND p.is_compared), 0), 1, 4)
    END AS base
FROM parts p
JOIN told t USING (practice_id, location_id)
CROSS JOIN computed c
GROUP BY p.practice_id, p.location_id, p.category, t.has_yesterday, t.has_week, t.has_base
ORDER BY p.practice_id, p.location_id, p.category
