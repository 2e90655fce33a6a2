-- Roll-forward of what clients have paid in advance: opening + sold − redeemed − refunded − expired =
-- closing, for every week from the first in which the kind moves at the location. Each kind of line
-- is redeemed by the tender of its name, deposits by account credit.
WITH moves AS (
  SELECT
    l.practice_id, l.location_id, l.kind, d.week_start,
    coalesce(sum(l.net_amount) FILTER (l.quantity > 0), 0) AS sold,
    CAST(0 AS DECIMAL(38, 4)) AS redeemed,
    coalesce(-sum(l.net_amount) FILTER (l.quantity < 0), 0) AS refunded
  FROM sale_lines l
  JOIN dates d ON d.date = l.local_date
  JOIN computed c ON d.week_start <= c.last_week
  WHERE l.kind IN ('package', 'membership', 'gift_card', 'deposit')
  GROUP BY ALL
  UNION ALL
  SELECT
    p.practice_id, p.location_id,
    CASE p.tender WHEN 'account_credit' THEN 'deposit' ELSE p.tender END AS kind, d.week_start,
    CAST(0 AS DECIMAL(38, 4)) AS sold,
    sum(p.amount) AS redeemed,
    CAST(0 AS DECIMAL(38, 4)) AS refunded
  FROM payments p
  JOIN dates d ON d.date = p.local_date
  JOIN computed c ON d.week_start <= c.last_week
  WHERE p.tender IN ('package', 'membership', 'gift_card', 'account_credit')
  GROUP BY ALL
), kinds AS (
  SELECT practice_id, location_id, kind, min(week_start) AS first_week
  FROM moves
  JOIN locations USING (practice_id, location_id)
  GROUP BY ALL
), weeks AS (
  SELECT
    k.practice_id, k.location_id, k.kind, w.week_start,
    coalesce(sum(m.sold), 0) AS sold,
    coalesce(sum(m.redeemed), 0) AS redeemed,
    coalesce(sum(m.refunded), 0) AS refunded,
    -- No export tells when stored value lapses.
    CAST(0 AS DECIMAL(38, 4)) AS expired
  FROM kinds k
  JOIN (SELECT DISTINCT d.week_start FROM dates d JOIN computed c ON d.week_start <= c.last_week) w
    ON w.week_start >= k.first_week
  LEFT JOIN moves m
    ON m.practice_id = k.practice_id AND m.location_id = k.location_id AND m.kind = k.kind
    AND m.week_start = w.week_start
  GROUP BY ALL
), rolled AS (
  SELECT
    *,
    sum(sold - redeemed - refunded - expired) OVER (
      PARTITION BY practice_id, location_id, kind ORDER BY week_start) AS closing
  FROM weeks
)
SELECT
  practice_id, location_id, week_start, kind,
  coalesce(lag(closing) OVER (
    PARTITION BY practice_id, location_id, kind ORDER BY week_start), 0) AS opening,
  sold, redeemed, refunded, expired, closing,
  min(closing) OVER (
    PARTITION BY practice_id, location_id, kind ORDER BY week_start) < 0 AS redeems_older
FROM rolled
ORDER BY practice_id, location_id, kind, week_start
