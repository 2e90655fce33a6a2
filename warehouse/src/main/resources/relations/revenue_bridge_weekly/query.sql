-- Cash → sales → recognised revenue. Payments and lines meet per receipt and week: what was paid of
-- a receipt in a week in which it also sold something is that week's; every other payment belongs to
-- a receipt of another week, or to one that the exports do not hold. Nothing is a remainder: each
-- column is summed by itself, and checks say that they add up. Of a week without a line of any sale,
-- or without any payment where payments are exported, that side did not arrive and is unknown.
WITH lines AS (
  SELECT
    l.practice_id, l.location_id, l.sale_id, d.week_start,
    coalesce(sum(l.net_amount) FILTER (l.kind = 'service'), 0) AS revenue_service,
    coalesce(sum(l.net_amount) FILTER (l.kind = 'retail'), 0) AS revenue_retail,
    coalesce(sum(l.net_amount) FILTER (l.kind = 'fee'), 0) AS revenue_fee,
    coalesce(sum(l.net_amount) FILTER (l.kind = 'package'), 0) AS sold_package,
    coalesce(sum(l.net_amount) FILTER (l.kind = 'membership'), 0) AS sold_membership,
    coalesce(sum(l.net_amount) FILTER (l.kind = 'gift_card'), 0) AS sold_gift_card,
    coalesce(sum(l.net_amount) FILTER (l.kind = 'deposit'), 0) AS sold_deposit,
    coalesce(sum(l.net_amount) FILTER (l.kind = 'tip'), 0) AS tips,
    coalesce(sum(l.tax_amount), 0) AS tax,
    sum(l.net_amount + coalesce(l.tax_amount, 0)) AS billed
  FROM sale_lines l
  JOIN dates d ON d.date = l.local_date
  JOIN computed c ON d.week_start <= c.last_week
  GROUP BY ALL
), paid AS (
  SELECT
    p.practice_id, p.location_id, p.sale_id, d.week_start,
    coalesce(sum(p.amount) FILTER (p.tender = 'cash'), 0) AS paid_cash,
    coalesce(sum(p.amount) FILTER (p.tender = 'card'), 0) AS paid_card,
    coalesce(sum(p.amount) FILTER (p.tender = 'financing'), 0) AS paid_financing,
    coalesce(sum(p.amount) FILTER (p.tender = 'check'), 0) AS paid_check,
    coalesce(sum(p.amount) FILTER (p.tender = 'other'), 0) AS paid_other,
    coalesce(sum(p.amount) FILTER (p.tender = 'gift_card'), 0) AS redeemed_gift_card,
    coalesce(sum(p.amount) FILTER (p.tender = 'package'), 0) AS redeemed_package,
    coalesce(sum(p.amount) FILTER (p.tender = 'membership'), 0) AS redeemed_membership,
    coalesce(sum(p.amount) FILTER (p.tender = 'account_credit'), 0) AS redeemed_account_credit,
    sum(p.amount) AS paid
  FROM payments p
  JOIN dates d ON d.date = p.local_date
  JOIN computed c ON d.week_start <= c.last_week
  GROUP BY ALL
), receipts AS (
  SELECT DISTINCT practice_id, location_id, sale_id FROM sale_lines
), met AS (
  SELECT
    COLUMNS(l.* EXCLUDE (practice_id, location_id, sale_id, week_start)),
    COLUMNS(p.* EXCLUDE (practice_id, location_id, sale_id, week_start)),
    coalesce(l.practice_id, p.practice_id) AS practice_id,
    coalesce(l.location_id, p.location_id) AS location_id,
    coalesce(l.week_start, p.week_start) AS week_start,
    CASE WHEN l.sale_id IS NULL AND r.sale_id IS NOT NULL THEN p.paid END AS paid_of_other_weeks,
    CASE WHEN r.sale_id IS NULL THEN p.paid END AS paid_without_receipt,
    CASE WHEN l.sale_id IS NOT NULL THEN l.billed - coalesce(p.paid, 0) END AS unpaid_at_week_end
  FROM lines l
  FULL JOIN paid p USING (practice_id, location_id, sale_id, week_start)
  LEFT JOIN receipts r
    ON r.practice_id = coalesce(l.practice_id, p.practice_id)
    AND r.location_id = coalesce(l.location_id, p.location_id)
    AND r.sale_id = coalesce(l.sale_id, p.sale_id)
), weeks AS (
  SELECT
    practice_id, location_id, week_start,
    bool_or(billed IS NOT NULL) AS has_sales,
    bool_or(paid IS NOT NULL) AS has_payments,
    coalesce(sum(COLUMNS(* EXCLUDE (practice_id, location_id, week_start))), 0)
  FROM met
  GROUP BY ALL
), known AS (
  -- Names of columns hold the side that they are of.
  SELECT
    practice_id, location_id, week_start,
    CASE WHEN has_payments THEN COLUMNS('^(paid_(cash|card|financing|check|other)|redeemed_.*)$') END,
    CASE WHEN has_payments AND has_sales
      THEN COLUMNS('^(paid_of_other_weeks|paid_without_receipt|unpaid_at_week_end)$') END,
    CASE WHEN has_sales THEN COLUMNS('^(billed|tax|tips|sold_.*|revenue_.*)$') END
  FROM weeks
)
SELECT
  practice_id, location_id, week_start,
  paid_cash + paid_card + paid_financing + paid_check + paid_other AS cash_collected,
  paid_cash, paid_card, paid_financing, paid_check, paid_other,
  redeemed_gift_card, redeemed_package, redeemed_membership, redeemed_account_credit,
  paid_of_other_weeks, paid_without_receipt, unpaid_at_week_end,
  billed, tax, tips,
  revenue_service + revenue_retail + revenue_fee
    + sold_package + sold_membership + sold_gift_card + sold_deposit AS sales,
  sold_package, sold_membership, sold_gift_card, sold_deposit,
  revenue_service, revenue_retail, revenue_fee,
  revenue_service + revenue_retail + revenue_fee AS recognised_revenue
FROM known
JOIN locations USING (practice_id, location_id)
ORDER BY ALL
