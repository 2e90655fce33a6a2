SELECT
  s.practice_id, s.location_id, s.date, s.tender, coalesce(s.processor, 'unknown') AS processor,
  count(*) AS payments,
  sum(s.amount) AS collected,
  coalesce(sum(s.amount) FILTER (s.amount < 0), 0) AS paid_back,
  -- Of payments of which nobody tells a fee it is unknown, and not 0.
  sum(s.fee_amount) AS fees,
  count(*) FILTER (s.fee_amount IS NULL) AS payments_without_fee,
  sum(s.amount) - sum(s.fee_amount) AS net,
  CASE WHEN any_value(e.tender) IS NOT NULL THEN
    coalesce(sum(s.amount - coalesce(s.fee_amount, 0)) FILTER (s.deposited_on IS NOT NULL), 0)
  END AS deposited,
  CASE WHEN any_value(e.tender) IS NOT NULL THEN
    coalesce(sum(s.amount - coalesce(s.fee_amount, 0)) FILTER (s.deposited_on IS NULL), 0)
  END AS in_transit,
  CASE WHEN any_value(e.tender) IS NOT NULL THEN count(*) FILTER (s.deposited_on IS NULL)
  END AS payments_in_transit,
  max(s.deposited_on) AS last_deposited_on
FROM payment_settlements s
LEFT JOIN settlement_evidence e USING (practice_id, location_id, tender)
GROUP BY s.practice_id, s.location_id, s.date, s.tender, coalesce(s.processor, 'unknown')
ORDER BY practice_id, location_id, date, tender, processor
