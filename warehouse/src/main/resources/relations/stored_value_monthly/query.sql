-- The roll-forward of stored_value_weekly by month, from the days: each kind of line is redeemed by the
-- tender of its name, deposits by account credit.
WITH moves AS (
  SELECT
    l.practice_id, l.location_id, l.kind, d.calendar, d.period_start,
    coalesce(sum(l.net_amount) FILTER (l.quantity > 0), 0) AS sold,
    CAST(0 AS DECIMAL(38, 4)) AS redeemed,
    coalesce(-sum(l.net_amount) FILTER (l.quantity < 0), 0) AS refunded
  FROM sale_lines l
  JOIN period_days d ON d.date = l.local_date AND d.calendar IN ('month', 'fiscal')
  WHERE l.kind IN ('package', 'membership', 'gift_card', 'deposit')
  GROUP BY ALL
  UNION ALL
  SELECT
    p.practice_id, p.location_id,
    CASE p.tender WHEN 'account_credit' THEN 'deposit' ELSE p.tender END AS kind,
    d.calendar, d.period_start,
    CAST(0 AS DECIMAL(38, 4)) AS sold,
    sum(p.amount) AS redeemed,
    CAST(0 AS DECIMAL(38, 4)) AS refunded
  FROM payments p
  JOIN period_days d ON d.date = p.local_date AND d.calendar IN ('month', 'fiscal')
  WHERE p.tender IN ('package', 'membership', 'gift_card', 'account_credit')
  GROUP BY ALL
), kinds AS (
  SELECT practice_id, location_id, kind, calendar, min(period_start) AS first_period
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
), months AS (
  SELECT
    k.practice_id, k.location_id, k.kind, r.calendar, r.period_start, r.period_end, r.is_whole,
    any_value(y.location_id) IS NOT NULL AS is_paying,
    (
      SELECT count(DISTINCT u.week_start)
      FROM untold_weeks u
      WHERE u.practice_id = k.practice_id AND u.location_id = k.location_id
        AND u.week_start <= r.last_day
    ) AS weeks_missing,
    coalesce(sum(m.sold), 0) AS sold,
    coalesce(sum(m.redeemed), 0) AS redeemed,
    coalesce(sum(m.refunded), 0) AS refunded,
    -- No export tells when stored value lapses.
    CAST(0 AS DECIMAL(38, 4)) AS expired
  FROM kinds k
  JOIN periods r ON r.calendar = k.calendar AND r.period_start >= k.first_period
  LEFT JOIN moves m
    ON m.practice_id = k.practice_id AND m.location_id = k.location_id AND m.kind = k.kind
    AND m.calendar = r.calendar AND m.period_start = r.period_start
  LEFT JOIN paying y ON y.practice_id = k.practice_id AND y.location_id = k.location_id
  GROUP BY k.practice_id, k.location_id, k.kind, r.calendar, r.period_start, r.period_end, r.is_whole,
    r.last_day
), rolled AS (
  SELECT
    *,
    sum(sold - redeemed - refunded - expired) OVER so_far AS closing,
    coalesce(sum(sold - redeemed - refunded - expired) OVER before, 0) AS opening
  FROM months
  WINDOW
    so_far AS (PARTITION BY practice_id, location_id, kind, calendar ORDER BY period_start),
    before AS (
      PARTITION BY practice_id, location_id, kind, calendar ORDER BY period_start
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT
  practice_id, location_id, calendar, period_start, period_end, is_whole, kind,
  CASE WHEN is_paying THEN opening END AS opening,
  sold,
  CASE WHEN is_paying THEN redeemed END AS redeemed,
  refunded, expired,
  CASE WHEN is_paying THEN closing END AS closing,
  weeks_missing,
  min(CASE WHEN is_paying THEN closing END) OVER (
    PARTITION BY practice_id, location_id, kind, calendar ORDER BY period_start) < 0 AS redeems_older
FROM rolled
ORDER BY practice_id, location_id, kind, calendar, period_start
