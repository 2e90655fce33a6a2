-- A day as one balanced entry per location, from the bridge: what was paid and redeemed against
-- revenue, tax, tips and what was sold in advance; what the receipts of the day owe, or what was paid
-- on others, is receivable, and what was paid on receipts that no export of the location holds is owed until somebody
-- knows what for. Goods follow where stock is known. Amounts are whole cents; what rounding
-- leaves is a line of its own. A negative amount stands on the other side. Days of a week of which sales
-- or payments did not arrive have no entry.
WITH amounts AS (
  SELECT
    practice_id, location_id, date,
    unnest([
      {'position': 1, 'account': 'cash', 'memo': 'Cash received', 'debit': paid_cash},
      {'position': 2, 'account': 'card_clearing', 'memo': 'Card payments', 'debit': paid_card},
      {'position': 3, 'account': 'financing_clearing', 'memo': 'Payments by patient financing',
        'debit': paid_financing},
      {'position': 4, 'account': 'checks', 'memo': 'Checks received', 'debit': paid_check},
      {'position': 5, 'account': 'other_clearing', 'memo': 'Payments by other tenders',
        'debit': paid_other},
      {'position': 6, 'account': 'gift_card_liability', 'memo': 'Gift cards redeemed',
        'debit': redeemed_gift_card},
      {'position': 7, 'account': 'package_liability', 'memo': 'Packages redeemed',
        'debit': redeemed_package},
      {'position': 8, 'account': 'membership_liability', 'memo': 'Memberships redeemed',
        'debit': redeemed_membership},
      {'position': 9, 'account': 'client_deposits', 'memo': 'Account credit redeemed',
        'debit': redeemed_account_credit},
      {'position': 10, 'account': 'accounts_receivable',
        'memo': 'Billed and unpaid, less payments on other receipts',
        'debit': CASE WHEN unpaid_at_day_end IS NULL THEN billed
          ELSE unpaid_at_day_end - paid_of_other_days END},
      {'position': 11, 'account': 'unapplied_payments',
        'memo': 'Paid on receipts that no export of the location holds', 'debit': -paid_without_receipt},
      {'position': 12, 'account': 'service_revenue', 'memo': 'Services, net of discounts',
        'debit': -revenue_service},
      {'position': 13, 'account': 'retail_revenue', 'memo': 'Retail, net of discounts',
        'debit': -revenue_retail},
      {'position': 14, 'account': 'fee_revenue', 'memo': 'Fees', 'debit': -revenue_fee},
      {'position': 15, 'account': 'gift_card_liability', 'memo': 'Gift cards sold',
        'debit': -sold_gift_card},
      {'position': 16, 'account': 'package_liability', 'memo': 'Packages sold',
        'debit': -sold_package},
      {'position': 17, 'account': 'membership_liability', 'memo': 'Memberships sold',
        'debit': -sold_membership},
      {'position': 18, 'account': 'client_deposits', 'memo': 'Deposits taken',
        'debit': -sold_deposit},
      {'position': 19, 'account': 'sales_tax_payable', 'memo': 'Sales tax', 'debit': -tax},
      {'position': 20, 'account': 'tips_payable', 'memo': 'Tips', 'debit': -tips}
    ]) AS line
  FROM revenue_bridge_daily
), goods AS (
  SELECT
    practice_id, location_id, date,
    coalesce(sum(amount) FILTER (measure = 'goods_used'), 0) AS used,
    coalesce(sum(amount) FILTER (measure = 'goods_used_owned'), 0) AS used_owned,
    coalesce(sum(amount) FILTER (measure = 'shrinkage_cost'), 0) AS shrinkage
  FROM measures_daily
  JOIN locations USING (practice_id, location_id)
  CROSS JOIN computed c
  WHERE date < c.last_week + 7 AND grain = 'location' AND measure IN ('goods_used', 'goods_used_owned', 'shrinkage_cost')
  GROUP BY ALL
), goods_amounts AS (
  SELECT
    practice_id, location_id, date,
    unnest([
      {'position': 21, 'account': 'cost_of_goods', 'memo': 'Goods used and sold', 'debit': used},
      {'position': 22, 'account': 'inventory', 'memo': 'Owned goods used and sold',
        'debit': -used_owned},
      {'position': 23, 'account': 'consignment_payable', 'memo': 'Consigned goods used and sold',
        'debit': used_owned - used},
      {'position': 24, 'account': 'inventory_shrinkage', 'memo': 'Shrinkage found by counts',
        'debit': shrinkage},
      {'position': 25, 'account': 'inventory', 'memo': 'Shrinkage found by counts',
        'debit': -shrinkage}
    ]) AS line
  FROM goods
), lost AS (
  -- Owned stock that left without being used or sold, at the cost of its day.
  SELECT
    s.practice_id, s.location_id, s.date,
    sum(coalesce(s.expired_cost, 0)
      - CAST(s.wasted AS DECIMAL(18, 4)) * coalesce(CAST(s.unit_cost AS DECIMAL(18, 10)), 0))
      AS amount
  FROM stock_ledger s
  WHERE NOT s.is_consignment
  GROUP BY ALL
), lost_amounts AS (
  SELECT
    practice_id, location_id, date,
    unnest([
      {'position': 26, 'account': 'inventory_shrinkage', 'memo': 'Expired and wasted goods',
        'debit': amount},
      {'position': 27, 'account': 'inventory', 'memo': 'Expired and wasted goods',
        'debit': -amount}
    ]) AS line
  FROM lost
), cents AS (
  SELECT
    practice_id, location_id, date, line.position, line.account, line.memo,
    whole_ratio(ten_thousandths(line.debit), 100) AS cents
  FROM (
    FROM amounts
    UNION ALL BY NAME FROM goods_amounts
    UNION ALL BY NAME FROM lost_amounts
  )
), told AS (
  SELECT c.*
  FROM cents c
  JOIN dates d USING (date)
  ANTI JOIN untold_weeks u
    ON u.practice_id = c.practice_id AND u.location_id = c.location_id
    AND u.week_start = d.week_start
), balanced AS (
  SELECT * FROM told
  UNION ALL
  SELECT practice_id, location_id, date, 28, 'rounding', 'Rounding to cents', -sum(cents)
  FROM told
  GROUP BY ALL
)
SELECT
  practice_id, location_id, date, position, account, memo,
  CASE WHEN cents > 0 THEN from_cents(cents) END AS debit,
  CASE WHEN cents < 0 THEN from_cents(-cents) END AS credit
FROM balanced
WHERE cents <> 0
ORDER BY practice_id, location_id, date, position
