-- Why net revenue of a service category changed against the mean of the 4 weeks before: volume
-- (n₁ − n₀)·a₀, price Σ n₁(p₁ − p₀) over the services sold in both, and mix, which is the rest. All
-- in whole numbers: quantities in ten-thousandths, money in cents, each share rounded once, and mix
-- takes what rounding leaves, so that the three add up to the change exactly.
WITH sold AS (
  SELECT
    l.practice_id, l.location_id, coalesce(s.category, 'uncategorised') AS category, l.service_id,
    d.week_start, sum(l.quantity) AS quantity, sum(l.net_amount) AS net
  FROM sale_lines l
  JOIN locations USING (practice_id, location_id)
  JOIN dates d ON d.date = l.local_date
  CROSS JOIN computed c
  LEFT JOIN services s USING (practice_id, service_id)
  WHERE l.kind = 'service' AND d.week_start BETWEEN c.first_week AND c.last_week
  GROUP BY ALL
), told AS (
  -- Weeks of which the sales are told and in all of which the location was open.
  SELECT DISTINCT s.practice_id, s.location_id, d.week_start
  FROM sale_lines s
  JOIN dates d ON d.date = s.local_date
  JOIN locations l ON l.practice_id = s.practice_id AND l.location_id = s.location_id
  CROSS JOIN computed c
  WHERE d.week_start BETWEEN c.first_week AND c.last_week
    AND (l.opened_on IS NULL OR l.opened_on <= d.week_start)
), judged AS (
  -- What did not arrive is unknown and not 0: neither the week nor one of the four before.
  SELECT w.practice_id, w.location_id, w.week_start
  FROM told w
  JOIN told b
    ON b.practice_id = w.practice_id AND b.location_id = w.location_id
    AND b.week_start BETWEEN w.week_start - 28 AND w.week_start
  GROUP BY ALL
  HAVING count(*) = 5
), spread AS (
  -- Each row counts once as its own week, and in the base of the four weeks after it.
  SELECT sold.*, week_start AS judged_week, true AS is_current FROM sold
  UNION ALL
  SELECT sold.*, week_start + 7 * after.weeks AS judged_week, false
  FROM sold
  CROSS JOIN (VALUES (1), (2), (3), (4)) after (weeks)
), per_service AS (
  SELECT
    s.practice_id, s.location_id, s.category, s.judged_week AS week_start, s.service_id,
    ten_thousandths(coalesce(sum(s.quantity) FILTER (s.is_current), 0)) AS n1,
    ten_thousandths(coalesce(sum(s.net) FILTER (s.is_current), 0)) AS r1,
    ten_thousandths(coalesce(sum(s.quantity) FILTER (NOT s.is_current), 0)) AS n4,
    ten_thousandths(coalesce(sum(s.net) FILTER (NOT s.is_current), 0)) AS r4
  FROM spread s
  JOIN judged j
    ON j.practice_id = s.practice_id AND j.location_id = s.location_id
    AND j.week_start = s.judged_week
  GROUP BY ALL
), per_category AS (
  SELECT
    practice_id, location_id, category, week_start,
    sum(n1) AS n1, sum(r1) AS r1, sum(n4) AS n4, sum(r4) AS r4,
    -- n₁(p₁ − p₀) = r₁ − n₁·r₀ ÷ n₀, where n₀ and r₀ may as well be those of all four weeks.
    sum(CASE WHEN service_id IS NOT NULL AND n1 > 0 AND n4 > 0
      THEN r1 - whole_ratio(n1 * r4, n4) ELSE 0 END) AS price
  FROM per_service
  GROUP BY ALL
  HAVING count(*) FILTER (n1 <> 0 OR r1 <> 0 OR n4 <> 0 OR r4 <> 0) > 0
), cents AS (
  SELECT
    practice_id, location_id, category, week_start, n1, n4,
    whole_ratio(r1, 100) AS net_revenue,
    whole_ratio(r4, 400) AS base_revenue,
    CASE WHEN n4 > 0 THEN whole_ratio((4 * n1 - n4) * r4, 400 * n4) ELSE 0 END AS volume_change,
    whole_ratio(price, 100) AS price_change
  FROM per_category
)
SELECT
  practice_id, location_id, week_start, category,
  from_ten_thousandths(n1) AS quantity,
  from_ten_thousandths(whole_ratio(n4, 4)) AS base_quantity,
  from_cents(net_revenue) AS net_revenue,
  from_cents(base_revenue) AS base_revenue,
  from_cents(net_revenue - base_revenue) AS change,
  from_cents(volume_change) AS volume_change,
  from_cents(price_change) AS price_change,
  from_cents(net_revenue - base_revenue - volume_change - price_change) AS mix_change
FROM cents
ORDER BY practice_id, location_id, category, week_start
