WITH usual AS (
  SELECT practice_id, location_id, tender, quantile_disc(deposited_on - date, 0.9) AS days
  FROM payment_settlements
  WHERE deposited_on IS NOT NULL
  GROUP BY ALL
  HAVING count(*) >= 20
)
SELECT
  s.practice_id, s.location_id, s.payment_id, s.sale_id, s.date, s.tender, s.amount, s.fee_amount,
  s.payout_id, CAST(c.as_of - s.date AS INTEGER) AS age_days, CAST(u.days AS INTEGER) AS usual_days,
  c.as_of - s.date > 2 * u.days AS is_late
FROM payment_settlements s
CROSS JOIN computed c
SEMI JOIN settlement_evidence e
  ON e.practice_id = s.practice_id AND e.location_id = s.location_id AND e.tender = s.tender
LEFT JOIN usual u
  ON u.practice_id = s.practice_id AND u.location_id = s.location_id AND u.tender = s.tender
WHERE s.deposited_on IS NULL
ORDER BY s.practice_id, s.location_id, s.payment_id
