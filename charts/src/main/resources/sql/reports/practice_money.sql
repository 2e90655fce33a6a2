-- From cash to recognised revenue of each practice's week, over the locations of which sales are told,
-- and payments too where any location exports them.
WITH week AS (
  SELECT *
  FROM revenue_bridge_weekly
  WHERE practice_id = ANY($1) AND week_start = $2 AND sales IS NOT NULL
), told AS (
  SELECT *
  FROM week
  QUALIFY
    cash_collected IS NOT NULL
    OR NOT bool_or(cash_collected IS NOT NULL) OVER (PARTITION BY practice_id)
)
SELECT
  practice_id,
  sum(cash_collected) AS cash_collected,
  sum(redeemed_gift_card + redeemed_package + redeemed_membership + redeemed_account_credit) AS redeemed,
  sum(paid_of_other_weeks + paid_without_receipt) AS paid_of_others,
  sum(unpaid_at_week_end) AS unpaid_at_week_end, sum(tax + tips) AS tax_and_tips, sum(sales) AS sales,
  sum(sold_package + sold_membership + sold_gift_card + sold_deposit) AS sold_in_advance,
  sum(recognised_revenue) AS recognised_revenue
FROM told
GROUP BY practice_id
