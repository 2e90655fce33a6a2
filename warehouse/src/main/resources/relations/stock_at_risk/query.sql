-- What was booked by the as-of for days after the stock was taken, against what of it can still be
-- used on each day; lots first-expiry-first-out, as in lot_outlook.
WITH booked AS (
  SELECT
    a.practice_id, a.location_id, r.product_id, a.local_date AS date,
    count(*) AS booked_rows, sum(r.quantity) AS need
  FROM appointments a
  JOIN service_products r USING (practice_id, service_id)
  JOIN stock_plan p ON p.practice_id = a.practice_id AND p.location_id = a.location_id
    AND p.product_id = r.product_id
  JOIN locations l ON l.practice_id = a.practice_id AND l.location_id = a.location_id
  CROSS JOIN computed c
  WHERE a.local_date > p.on_date AND a.local_date <= p.on_date + p.lead_time_days
    AND a.status NOT IN ('cancelled', 'deleted', 'no_show')
    AND (a.booked_at IS NULL OR CAST(timezone(l.time_zone, a.booked_at) AS DATE) < c.as_of)
  GROUP BY ALL
), cumulated AS (
  SELECT *, sum(need) OVER (
    PARTITION BY practice_id, location_id, product_id ORDER BY date
    ROWS UNBOUNDED PRECEDING) AS cumulative_need
  FROM booked
), lots AS (
  SELECT
    l.practice_id, l.location_id, l.product_id, l.lot, l.expires_on, l.on_hand,
    coalesce((
      SELECT sum(b.need) FROM booked b
      WHERE b.practice_id = l.practice_id AND b.location_id = l.location_id
        AND b.product_id = l.product_id AND b.date <= l.expires_on), 0) AS need_until
  FROM stock_lots l
  WHERE l.expires_on IS NOT NULL AND NOT l.is_expired
), summed AS (
  SELECT *, sum(on_hand) OVER lots AS quantity
  FROM lots
  WINDOW lots AS (
    PARTITION BY practice_id, location_id, product_id ORDER BY expires_on, lot NULLS FIRST
    ROWS UNBOUNDED PRECEDING)
), lost AS (
  SELECT practice_id, location_id, product_id, expires_on,
    quantity - used_through AS lost_through
  FROM (
    SELECT *, quantity + least(0, min(need_until - quantity) OVER lots) AS used_through
    FROM summed
    WINDOW lots AS (
      PARTITION BY practice_id, location_id, product_id ORDER BY expires_on, lot NULLS FIRST
      ROWS UNBOUNDED PRECEDING))
), covered AS (
  SELECT c.*, p.on_date, p.lead_time_days,
    greatest(0, p.usable_on_hand) - coalesce((
      SELECT max(w.lost_through) FROM lost w
      WHERE w.practice_id = c.practice_id AND w.location_id = c.location_id
        AND w.product_id = c.product_id AND w.expires_on < c.date), 0) AS usable_on_hand
  FROM cumulated c
  JOIN stock_plan p USING (practice_id, location_id, product_id)
)
SELECT *, greatest(0, cumulative_need - usable_on_hand) AS short_quantity
FROM covered
ORDER BY practice_id, location_id, product_id, date
