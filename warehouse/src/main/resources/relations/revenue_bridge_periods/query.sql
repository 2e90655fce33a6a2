-- Cash → sales → recognised revenue, of each day, week, month and fiscal period. Payments and lines meet
-- per receipt and period: what was paid of a receipt in a period in which it also sold something is that
-- period's; every other payment belongs to a receipt of another period, or to one that the exports do
-- not hold. Nothing is a remainder: each column is summed by itself, and checks say that they add up. Of
-- a week without a line of any sale, or without any payment where payments are exported, that side did
-- not arrive: it is unknown in the week and on its days, and a month has the weeks that are told. Before
-- the location opened, a side without a row is 0. Where no sale is exported at all, none that was
-- rejected either, every payment is without a receipt. A period of which every row was rejected has a row as well.
WITH lines AS (
  SELECT
    l.practice_id, l.location_id, l.sale_id, d.calendar, d.period_start,
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
  JOIN period_days d ON d.date = l.local_date
  GROUP BY ALL
), paid AS (
  SELECT
    p.practice_id, p.location_id, p.sale_id, d.calendar, d.period_start,
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
  JOIN period_days d ON d.date = p.local_date
  GROUP BY ALL
), receipts AS (
  SELECT DISTINCT practice_id, location_id, sale_id FROM sale_lines
), met AS (
  SELECT
    COLUMNS(l.* EXCLUDE (practice_id, location_id, sale_id, calendar, period_start)),
    COLUMNS(p.* EXCLUDE (practice_id, location_id, sale_id, calendar, period_start)),
    coalesce(l.practice_id, p.practice_id) AS practice_id,
    coalesce(l.location_id, p.location_id) AS location_id,
    coalesce(l.calendar, p.calendar) AS calendar,
    coalesce(l.period_start, p.period_start) AS period_start,
    CASE WHEN l.sale_id IS NULL AND r.sale_id IS NOT NULL THEN p.paid END AS paid_of_other_periods,
    CASE WHEN r.sale_id IS NULL THEN p.paid END AS paid_without_receipt,
    CASE WHEN l.sale_id IS NOT NULL THEN l.billed - coalesce(p.paid, 0) END AS unpaid_at_period_end
  FROM lines l
  FULL JOIN paid p USING (practice_id, location_id, sale_id, calendar, period_start)
  LEFT JOIN receipts r
    ON r.practice_id = coalesce(l.practice_id, p.practice_id)
    AND r.location_id = coalesce(l.location_id, p.location_id)
    AND r.sale_id = coalesce(l.sale_id, p.sale_id)
), told AS (
  -- Which side of a location's week has a row at all; all of a week's may have been rejected.
  SELECT practice_id, location_id, week_start, true AS has_sales, NULL AS has_payments
  FROM sale_lines l
  JOIN dates d ON d.date = l.local_date
  UNION
  SELECT practice_id, location_id, week_start, NULL, true
  FROM payments p
  JOIN dates d ON d.date = p.local_date
  UNION
  SELECT practice_id, location_id, week_start, NULL, NULL
  FROM rejected_amounts r
  JOIN dates d USING (date)
), held AS (
  -- The sides that are exported of the location, and the week in which it opened where that is known.
  SELECT
    l.practice_id, l.location_id, week_of(l.opened_on, c.last_week) AS opening_week,
    bool_or(e.table_name = 'sale_lines') AS has_sales,
    bool_or(e.table_name = 'payments') AS has_payments
  FROM locations l
  CROSS JOIN computed c
  JOIN exported_books e USING (practice_id, location_id)
  GROUP BY ALL
), untold AS (
  SELECT
    practice_id, location_id, week_start,
    bool_or(table_name = 'sale_lines') AS no_sales,
    bool_or(table_name = 'payments') AS no_payments
  FROM untold_weeks
  GROUP BY ALL
), sides AS (
  SELECT
    t.practice_id, t.location_id, d.calendar, d.period_start,
    coalesce(bool_or(t.has_sales OR (h.has_sales AND u.no_sales IS NOT TRUE)), false) AS has_sales,
    coalesce(bool_or(t.has_payments OR (h.has_payments AND u.no_payments IS NOT TRUE)), false)
      AS has_payments
  FROM told t
  LEFT JOIN held h
    ON h.practice_id = t.practice_id AND h.location_id = t.location_id
    AND t.week_start < h.opening_week
  LEFT JOIN untold u
    ON u.practice_id = t.practice_id AND u.location_id = t.location_id
    AND u.week_start = t.week_start
  JOIN (SELECT DISTINCT calendar, period_start, week_start FROM period_days) d
    ON d.week_start = t.week_start
  GROUP BY ALL
), missing AS (
  SELECT
    u.practice_id, u.location_id, d.calendar, d.period_start,
    count(*) FILTER (u.no_sales) AS sales_days_missing,
    count(*) FILTER (u.no_payments) AS payments_days_missing,
    bool_or(u.no_sales <> u.no_payments) AS is_half_told
  FROM untold u
  JOIN period_days d USING (week_start)
  GROUP BY ALL
), rejected AS (
  SELECT
    r.practice_id, r.location_id, d.calendar, d.period_start,
    sum(r.amount) FILTER (r.table_name = 'sale_lines') AS rejected_sales,
    sum(r.amount) FILTER (r.table_name = 'payments') AS rejected_payments
  FROM rejected_amounts r
  JOIN period_days d USING (date)
  WHERE NOT r.is_told_otherwise
  GROUP BY ALL
), sums AS (
  SELECT
    practice_id, location_id, calendar, period_start,
    coalesce(sum(COLUMNS(* EXCLUDE (practice_id, location_id, calendar, period_start))), 0)
  FROM (
    FROM met
    UNION ALL BY NAME
    SELECT practice_id, location_id, calendar, period_start FROM rejected
  )
  GROUP BY ALL
), known AS (
  -- Names of columns hold the side that they are of.
  SELECT
    practice_id, location_id, calendar, period_start,
    coalesce(sales_days_missing, 0) AS sales_days_missing,
    coalesce(payments_days_missing, 0) AS payments_days_missing,
    coalesce(rejected_sales, 0) AS rejected_sales,
    coalesce(rejected_payments, 0) AS rejected_payments,
    CASE WHEN has_payments THEN COLUMNS('^(paid_(cash|card|financing|check|other)|redeemed_.*)$') END,
    CASE WHEN has_payments AND has_sales
        AND is_half_told IS NOT TRUE
      THEN COLUMNS('^(paid_of_other_periods|unpaid_at_period_end)$') END,
    CASE WHEN has_payments
        AND (holds_sales IS NOT TRUE OR (has_sales AND is_half_told IS NOT TRUE))
      THEN paid_without_receipt END AS paid_without_receipt,
    CASE WHEN has_sales THEN COLUMNS('^(billed|tax|tips|sold_.*|revenue_.*)$') END
  FROM sums
  JOIN sides USING (practice_id, location_id, calendar, period_start)
  LEFT JOIN (SELECT practice_id, location_id, has_sales AS holds_sales FROM held) h
    USING (practice_id, location_id)
  LEFT JOIN missing USING (practice_id, location_id, calendar, period_start)
  LEFT JOIN rejected USING (practice_id, location_id, calendar, period_start)
)
SELECT
  practice_id, location_id, calendar, period_start, sales_days_missing, payments_days_missing,
  paid_cash + paid_card + paid_financing + paid_check + paid_other AS cash_collected,
  paid_cash, paid_card, paid_financing, paid_check, paid_other,
  redeemed_gift_card, redeemed_package, redeemed_membership, redeemed_account_credit,
  paid_of_other_periods, paid_without_receipt, unpaid_at_period_end,
  billed, tax, tips,
  revenue_service + revenue_retail + revenue_fee
    + sold_package + sold_membership + sold_gift_card + sold_deposit AS sales,
  sold_package, sold_membership, sold_gift_card, sold_deposit,
  revenue_service, revenue_retail, revenue_fee,
  revenue_service + revenue_retail + revenue_fee AS recognised_revenue,
  rejected_sales, rejected_payments
FROM known
JOIN locations USING (practice_id, location_id)
