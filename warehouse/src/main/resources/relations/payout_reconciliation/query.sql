WITH named AS (
  SELECT
    practice_id, coalesce(payout_location_id, location_id) AS location_id, payout_id,
    payout_location_id IS NOT NULL AS is_exported, count(*) AS payments,
    sum(amount) AS payments_amount, coalesce(sum(fee_amount), 0) AS payments_fees,
    count(*) FILTER (fee_amount IS NULL) AS without_fee, max(deposited_on) AS deposited_on
  FROM payment_settlements
  WHERE payout_id IS NOT NULL
  GROUP BY ALL
), told AS (
  SELECT o.practice_id, o.location_id, o.payout_id, o.processor, o.local_date AS date, o.status, o.amount
  FROM payouts o
  JOIN locations l USING (practice_id, location_id)
  CROSS JOIN computed c
  WHERE o.local_date < c.as_of
), both_sides AS (
  SELECT
    o.practice_id, o.location_id, o.payout_id, o.processor, o.date, o.status, o.amount,
    coalesce(n.payments, 0) AS payments, coalesce(n.payments_amount, 0) AS payments_amount,
    coalesce(n.payments_fees, 0) AS payments_fees, coalesce(n.without_fee, 0) AS without_fee
  FROM told o
  LEFT JOIN named n
    ON n.is_exported AND n.practice_id = o.practice_id AND n.location_id = o.location_id
    AND n.payout_id = o.payout_id
  UNION ALL
  SELECT
    n.practice_id, n.location_id, n.payout_id, NULL, n.deposited_on, NULL, NULL, n.payments,
    n.payments_amount, n.payments_fees, n.without_fee
  FROM named n
  WHERE NOT n.is_exported AND n.practice_id IN (SELECT practice_id FROM payouts)
)
SELECT
  practice_id, location_id, payout_id, processor, date,
  CASE
    WHEN amount IS NULL THEN 'not_exported'
    WHEN status IN ('failed', 'in_transit') THEN status
    WHEN payments = 0 THEN 'no_payments'
    WHEN without_fee > 0 THEN 'fees_unknown'
    WHEN amount = payments_amount - payments_fees THEN 'matched'
    ELSE 'differs' END AS state,
  amount, payments, payments_amount, payments_fees,
  payments_amount - payments_fees AS payments_net,
  CASE WHEN payments > 0 AND without_fee = 0 THEN amount - (payments_amount - payments_fees) END
    AS difference
FROM both_sides
ORDER BY practice_id, location_id, payout_id
