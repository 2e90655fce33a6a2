-- From cash to recognised revenue of each location's week.
SELECT
  practice_id, location_id,
  cash_collected,
  redeemed_gift_card + redeemed_package + redeemed_membership + redeemed_account_credit AS redeemed,
  paid_of_other_weeks + paid_without_receipt AS paid_of_others, unpaid_at_week_end, tax + tips AS tax_and_tips,
  sales, sold_package + sold_membership + sold_gift_card + sold_deposit AS sold_in_advance, recognised_revenue
FROM revenue_bridge_weekly
WHERE practice_id = ANY($1) AND week_start = $2 AND sales IS NOT NULL
