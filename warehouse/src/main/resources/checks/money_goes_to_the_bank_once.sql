-- What was collected by card and by financing is in bank_daily as in the payments, once, and is either
-- deposited or in transit; the open items are those in transit.
WITH bank AS (
  SELECT practice_id, location_id, date, tender, sum(collected) AS collected, sum(payments) AS payments,
    sum(payments_in_transit) AS in_transit
  FROM bank_daily
  GROUP BY ALL
), paid AS (
  SELECT p.practice_id, p.location_id, p.local_date AS date, p.tender, sum(p.amount) AS collected,
    count(*) AS payments
  FROM payments p
  JOIN locations l USING (practice_id, location_id)
  CROSS JOIN computed c
  WHERE p.local_date < c.as_of AND p.tender IN ('card', 'financing')
  GROUP BY ALL
)
SELECT coalesce(b.practice_id, p.practice_id) AS practice_id,
  coalesce(b.location_id, p.location_id) AS location_id, coalesce(b.date, p.date) AS date,
  coalesce(b.tender, p.tender) AS tender
FROM (SELECT * FROM bank WHERE tender IN ('card', 'financing')) b
FULL JOIN paid p USING (practice_id, location_id, date, tender)
WHERE b.collected IS DISTINCT FROM p.collected OR b.payments IS DISTINCT FROM p.payments
UNION ALL
SELECT practice_id, location_id, date, tender
FROM bank_daily
WHERE collected - fees <> net OR deposited + in_transit <> coalesce(net, collected)
UNION ALL
SELECT b.practice_id, b.location_id, b.date, b.tender
FROM bank b
LEFT JOIN (
  SELECT practice_id, location_id, date, tender, count(*) AS items FROM bank_open_items GROUP BY ALL
) i USING (practice_id, location_id, date, tender)
WHERE coalesce(b.in_transit, 0) <> coalesce(i.items, 0)
ORDER BY ALL
