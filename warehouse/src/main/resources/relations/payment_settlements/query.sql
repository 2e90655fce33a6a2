-- Ids of deposits hold within an account: the location's own comes first, and that of another location
-- only where it is the only one of the practice.
WITH elsewhere AS (
  SELECT practice_id, payout_id, any_value(location_id) AS location_id
  FROM payouts
  GROUP BY ALL
  HAVING count(*) = 1
), passed_on AS (
  SELECT p.*, coalesce(o.location_id, e.location_id) AS payout_location_id
  FROM payments p
  JOIN locations l USING (practice_id, location_id)
  CROSS JOIN computed c
  LEFT JOIN payouts o
    ON o.practice_id = p.practice_id AND o.location_id = p.location_id AND o.payout_id = p.payout_id
  LEFT JOIN elsewhere e ON e.practice_id = p.practice_id AND e.payout_id = p.payout_id
  WHERE p.local_date < c.as_of
    AND (p.tender IN ('card', 'financing')
      OR (p.tender IN ('cash', 'check', 'other')
        AND (p.fee_amount <> 0 OR p.payout_id IS NOT NULL OR p.payout_on IS NOT NULL)))
)
SELECT
  p.practice_id, p.location_id, p.payment_id, p.sale_id, p.local_date AS date, p.tender, p.amount,
  p.fee_amount, p.payout_id, p.payout_location_id, o.processor,
  -- A deposit that failed or is under way has not arrived, whatever day the payment names.
  CASE WHEN coalesce(o.status, 'paid') = 'paid' AND coalesce(o.local_date, p.payout_on) < c.as_of
    THEN coalesce(o.local_date, p.payout_on) END AS deposited_on
FROM passed_on p
CROSS JOIN computed c
LEFT JOIN payouts o
  ON o.practice_id = p.practice_id AND o.location_id = p.payout_location_id
  AND o.payout_id = p.payout_id
ORDER BY ALL
