-- Each location's total in whole cents first; its categories are those of revenue_change_weekly, and
-- retail and fees are what they leave, so that the parts add up whatever was rounded.
WITH told AS (
  SELECT n.practice_id, n.location_id, n.week_start, ten_thousandths(n.numerator) AS net
  FROM kpi_weekly_numbers n
  CROSS JOIN computed c
  WHERE n.grain = 'location' AND n.kpi = 'net_revenue' AND n.value IS NOT NULL
    AND n.week_start BETWEEN c.last_week - 28 AND c.last_week
), totals AS (
  SELECT
    t.practice_id, t.location_id,
    sum(t.net) FILTER (t.week_start = c.last_week) AS net,
    coalesce(sum(t.net) FILTER (t.week_start < c.last_week), 0) AS base_of_four,
    count(*) FILTER (t.week_start < c.last_week) AS base_weeks
  FROM told t
  CROSS JOIN computed c
  GROUP BY ALL
), began AS (
  -- A location that tells nothing before the five weeks began in them, whatever is configured.
  SELECT practice_id, location_id, min(week_start) AS first_week
  FROM kpi_weekly_numbers
  WHERE grain = 'location' AND kpi = 'net_revenue' AND value IS NOT NULL
  GROUP BY ALL
), judged AS (
  SELECT
    t.practice_id, t.location_id, c.last_week AS week_start, t.base_weeks,
    whole_ratio(t.net, 100) AS net, whole_ratio(t.base_of_four, 400) AS base,
    CASE
      WHEN t.net IS NULL THEN 'not_told'
      WHEN l.opened_on > c.last_week - 28 OR b.first_week > c.last_week - 28 THEN 'opened'
      WHEN t.base_weeks < 4 THEN 'gap'
      ELSE 'compared'
    END AS comparison
  FROM totals t
  JOIN locations l USING (practice_id, location_id)
  JOIN began b USING (practice_id, location_id)
  CROSS JOIN computed c
), services AS (
  SELECT j.practice_id, j.location_id, r.category, r.net_revenue, r.base_revenue, r.change,
    r.volume_change, r.price_change, r.mix_change
  FROM judged j
  JOIN revenue_change_weekly r USING (practice_id, location_id, week_start)
  WHERE j.comparison = 'compared'
), split AS (
  SELECT practice_id, location_id, sum(net_revenue) AS net_revenue, sum(base_revenue) AS base_revenue
  FROM services
  GROUP BY ALL
), parts AS (
  SELECT practice_id, location_id, 'service' AS part, category, net_revenue, base_revenue,
    volume_change, price_change, mix_change
  FROM services
  UNION ALL BY NAME
  SELECT
    j.practice_id, j.location_id, 'rest' AS part,
    from_cents(j.net) - s.net_revenue AS net_revenue,
    from_cents(j.base) - s.base_revenue AS base_revenue
  FROM judged j
  JOIN split s USING (practice_id, location_id)
  WHERE from_cents(j.net) <> s.net_revenue OR from_cents(j.base) <> s.base_revenue
  UNION ALL BY NAME
  SELECT
    j.practice_id, j.location_id, 'all' AS part, from_cents(j.net) AS net_revenue,
    from_cents(j.base) AS base_revenue
  FROM judged j
  ANTI JOIN split s USING (practice_id, location_id)
)
SELECT
  p.practice_id, p.location_id, j.week_start, j.comparison, p.part, p.category, p.net_revenue,
  p.base_revenue, p.net_revenue - p.base_revenue AS change, p.volume_change, p.price_change,
  p.mix_change
FROM parts p
JOIN judged j USING (practice_id, location_id)
ORDER BY p.practice_id, p.location_id, p.part, p.category
