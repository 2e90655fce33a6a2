-- Cash to sales to recognised revenue, exactly; and at every location with net revenue the last step
-- is the published one.
SELECT b.practice_id, b.location_id, b.week_start
FROM revenue_bridge_weekly b
LEFT JOIN (
  SELECT DISTINCT practice_id, location_id, true AS has_revenue
  FROM kpi_weekly
  WHERE kpi = 'net_revenue'
) r USING (practice_id, location_id)
LEFT JOIN kpi_weekly k
  ON k.practice_id = b.practice_id AND k.location_id = b.location_id
  AND k.week_start = b.week_start AND k.kpi = 'net_revenue'
WHERE cash_collected + redeemed_gift_card + redeemed_package + redeemed_membership
    + redeemed_account_credit - paid_of_other_weeks - paid_without_receipt + unpaid_at_week_end
    <> billed
  OR billed - tax - tips <> sales
  OR sales - sold_package - sold_membership - sold_gift_card - sold_deposit <> recognised_revenue
  OR (has_revenue AND recognised_revenue <> coalesce(k.numerator, 0))
ORDER BY ALL
