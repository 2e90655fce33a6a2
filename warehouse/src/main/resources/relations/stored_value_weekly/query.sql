-- Roll-forward of what clients have paid in advance: opening + sold − redeemed − refunded − expired =
-- closing, for every week from the first in which the kind moves at the location. Each kind of line
-- is redeemed by the tender of its name, deposits by account credit. What moved in a week of which
-- sales or payments did not arrive is unknown, and so is its closing; the weeks after it roll on what
-- is told and say how many weeks are not in it.
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
), paying AS (
  SELECT DISTINCT l.practice_id, l.location_id
  FROM locations l
  JOIN table_evidence e
    ON e.practice_id = l.practice_id
    AND (e.location_id IS NULL OR e.location_id = l.location_id)
  WHERE e.table_name = 'payments'
), untold AS (
  SELECT
    practice_id, location_id, week_start,
    bool_or(table_name = 'sale_lines') AS no_sales, bool_or(table_name = 'payments') AS no_payments
  FROM untold_weeks
  GROUP BY ALL
), weeks AS (
  SELECT
    k.practice_id, k.location_id, k.kind, w.week_start,
    coalesce(any_value(u.no_sales), false) AS no_sales,
    coalesce(any_value(u.no_payments), false) OR any_value(y.location_id) IS NULL AS no_payments,
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
  LEFT JOIN untold u
    ON u.practice_id = k.practice_id AND u.location_id = k.location_id
    AND u.week_start = w.week_start
  LEFT JOIN paying y ON y.practice_id = k.practice_id AND y.location_id = k.location_id
  GROUP BY ALL
), rolled AS (
  SELECT
    *,
    no_sales OR no_payments AS is_untold,
    sum(sold - redeemed - refunded - expired) OVER so_far AS closing,
    coalesce(sum(sold - redeemed - refunded - expired) OVER before, 0) AS opening,
    count(*) FILTER (no_sales OR no_payments) OVER so_far AS weeks_missing
  FROM weeks
  WINDOW
    so_far AS (PARTITION BY practice_id, location_id, kind ORDER BY week_start),
    before AS (
      PARTITION BY practice_id, location_id, kind ORDER BY week_start
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT
  practice_id, location_id, week_start, kind,
  CASE WHEN NOT is_untold THEN opening END AS opening,
  CASE WHEN NOT no_sales THEN sold END AS sold,
  CASE WHEN NOT no_payments THEN redeemed END AS redeemed,
  CASE WHEN NOT no_sales THEN refunded END AS refunded,
  expired,
  CASE WHEN NOT is_untold THEN closing END AS closing,
  CAST(weeks_missing AS INTEGER) AS weeks_missing,
  min(CASE WHEN NOT is_untold THEN closing END) OVER (
    PARTITION BY practice_id, location_id, kind ORDER BY week_start) < 0 AS redeems_older
FROM rolled
ORDER BY practice_id, location_id, kind, week_start
