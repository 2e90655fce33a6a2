WITH receipts AS (
  SELECT l.practice_id, l.location_id, l.sale_id, min(l.local_date) AS sold_on,
    sum(l.net_amount + l.tax_amount) AS billed
  FROM sale_lines l
  JOIN locations USING (practice_id, location_id)
  GROUP BY ALL
), paid AS (
  SELECT p.practice_id, p.location_id, p.sale_id, sum(p.amount) AS amount
  FROM payments p
  CROSS JOIN computed c
  WHERE p.local_date < c.as_of
  GROUP BY ALL
), owed AS (
  SELECT r.practice_id, r.location_id, c.last_week + 6 - r.sold_on AS days,
    r.billed - coalesce(p.amount, 0) AS owed
  FROM receipts r
  CROSS JOIN computed c
  SEMI JOIN payments e ON e.practice_id = r.practice_id AND e.location_id = r.location_id
  LEFT JOIN paid p USING (practice_id, location_id, sale_id)
  WHERE r.sold_on BETWEEN c.last_week - 175 AND c.last_week + 6
)
SELECT
  practice_id, location_id,
  CASE WHEN days < 28 THEN 0 WHEN days < 91 THEN 28 ELSE 91 END AS from_days,
  count(*) AS receipts, sum(owed) AS owed
FROM owed
WHERE owed > 0.005
GROUP BY ALL
ORDER BY practice_id, location_id, from_days
