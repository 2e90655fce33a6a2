-- From cash to recognised revenue of a location's week.
SELECT
  cash_collected,
  redeemed_gift_card + redeemed_package + redeemed_membership + redeemed_account_credit AS redeemed,
  paid_of_other_weeks + paid_without_receipt AS paid_of_others, unpaid_at_week_end, tax + tips AS tax_and_tips,
  sales, sold_package + sold_membership + sold_gift_card + sold_deposit AS sold_in_advance, recognised_revenue
FROM revenue_bridge_weekly
WHERE practice_id = $1 AND location_id = $2 AND week_start = $3 AND sales IS NOT NULL
