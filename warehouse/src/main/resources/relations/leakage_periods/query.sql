-- Of each week, month and fiscal period, what the bookable hours could have brought at the rate of the
-- kept ones, and what became of it: potential − idle − unresolved − late-cancelled − no-show = gross
-- service, and gross service − discounts = net service. In whole cents: idle takes what rounding leaves,
-- and discounts are the difference of the two rounded sums, so that it adds up exactly.
WITH pieces AS (
  SELECT
    m.practice_id, m.location_id, d.calendar, d.period_start, d.week_start, m.measure,
    sum(m.amount) AS amount
  FROM measures_daily m
  JOIN period_days d ON d.date = m.date AND d.calendar <> 'day'
  WHERE m.grain = 'location'
  GROUP BY ALL
  HAVING sum(m.amount) <> 0
), weeks AS (
  -- What a week's exports tell of: a sale or a receipt; an outcome.
  SELECT
    practice_id, location_id, week_start,
    bool_or(measure IN ('lines_sold', 'receipts', 'gross_service', 'net_service')) AS has_sales,
    bool_or(measure IN ('visits_attended', 'visits_no_show', 'kept_seconds', 'no_show_seconds'))
      AS has_outcomes
  FROM pieces
  WHERE calendar = 'week'
  GROUP BY ALL
), kinds AS (
  -- Of what a location's exports tell at all.
  SELECT practice_id, location_id, bool_or(has_sales) AS ever_sales, bool_or(has_outcomes) AS ever_outcomes
  FROM weeks
  GROUP BY ALL
), chosen AS (
  -- A month is made of weeks that are told on all sides: hours of a week without its sales would have
  -- no rate.
  SELECT p.*
  FROM pieces p
  JOIN weeks w USING (practice_id, location_id, week_start)
  JOIN kinds k USING (practice_id, location_id)
  WHERE p.calendar = 'week'
    OR ((w.has_sales OR NOT k.ever_sales) AND (w.has_outcomes OR NOT k.ever_outcomes))
), sums AS (
  SELECT
    m.practice_id, m.location_id, m.calendar, m.period_start,
    coalesce(sum(amount) FILTER (measure = 'bookable_seconds'), 0) AS bookable,
    coalesce(sum(amount) FILTER (measure = 'kept_seconds'), 0) AS kept,
    coalesce(sum(amount) FILTER (measure = 'unresolved_seconds'), 0) AS unresolved,
    coalesce(sum(amount) FILTER (measure = 'late_cancelled_seconds'), 0) AS late_cancelled,
    coalesce(sum(amount) FILTER (measure = 'no_show_seconds'), 0) AS no_show,
    coalesce(sum(amount) FILTER (measure = 'gross_service'), 0) AS gross,
    coalesce(sum(amount) FILTER (measure = 'net_service'), 0) AS net,
    coalesce(sum(amount) FILTER (measure = 'billed'), 0)
      - coalesce(sum(amount) FILTER (measure = 'collected'), 0) AS uncollected,
    bool_or(measure IN ('lines_sold', 'receipts', 'gross_service', 'net_service')) AS has_sales,
    bool_or(measure = 'collected' OR measure LIKE 'paid_%') AS has_payments,
    bool_or(measure IN ('visits_attended', 'visits_no_show', 'kept_seconds', 'no_show_seconds'))
      AS has_outcomes
  FROM chosen m
  JOIN locations USING (practice_id, location_id)
  GROUP BY ALL
  HAVING bookable <> 0 OR gross <> 0 OR net <> 0
), reasons AS (
  SELECT
    practice_id, location_id,
    any_value(reason) FILTER (kpi = 'net_revenue') AS no_sales,
    any_value(reason) FILTER (kpi = 'fill_rate') IS NOT NULL AS is_use_unknown,
    coalesce(
      any_value(reason) FILTER (kpi = 'fill_rate'),
      any_value(reason) FILTER (kpi = 'revenue_per_treated_hour')) AS no_rate,
    any_value(reason) FILTER (kpi = 'collection_rate') AS no_payments
  FROM kpi_availability
  GROUP BY ALL
), whole AS (
  SELECT
    s.practice_id, s.location_id, s.calendar, s.period_start,
    CAST(bookable AS HUGEINT) AS bookable, CAST(kept AS HUGEINT) AS kept,
    CAST(unresolved AS HUGEINT) AS unresolved, CAST(late_cancelled AS HUGEINT) AS late_cancelled,
    CAST(no_show AS HUGEINT) AS no_show, s.unit,
    ten_thousandths(gross) AS gross_exact,
    whole_ratio(ten_thousandths(gross), 100) AS gross,
    whole_ratio(ten_thousandths(net), 100) AS net,
    whole_ratio(ten_thousandths(uncollected), 100) AS uncollected,
    coalesce(r.no_sales, CASE WHEN NOT has_sales THEN 'no sales of this ' || unit || ' arrived' END)
      AS no_sales,
    coalesce(
      r.no_payments,
      CASE
        WHEN NOT has_sales THEN 'no sales of this ' || unit || ' arrived'
        WHEN NOT has_payments THEN 'no payments of this ' || unit || ' arrived'
      END) AS no_payments,
    r.is_use_unknown OR NOT has_outcomes AS is_use_unknown,
    CASE
      WHEN r.no_rate IS NOT NULL THEN r.no_rate
      WHEN NOT has_sales THEN 'no sales of this ' || unit || ' arrived'
      WHEN NOT has_outcomes THEN 'nothing of this ' || unit || ' tells who came'
      WHEN kept = 0 THEN 'nothing was kept in this ' || unit || ', so that an hour has no rate'
      WHEN gross <= 0 THEN 'no gross service in this ' || unit || ', so that an hour has no rate'
    END AS no_rate
  FROM (SELECT *, CASE calendar WHEN 'fiscal' THEN 'period' ELSE calendar END AS unit FROM sums) s
  JOIN reasons r USING (practice_id, location_id)
), stock_costs AS (
  -- Owned stock only, as the KPIs have it.
  SELECT
    s.practice_id, s.location_id, d.calendar, d.period_start,
    sum(s.expired_cost) AS expired, sum(s.shrinkage_cost) AS shrinkage
  FROM stock_ledger s
  JOIN period_days d ON d.date = s.date
  WHERE NOT s.is_consignment
  GROUP BY ALL
), usage AS (
  -- What a day with stock uses up, over the 13 weeks to the week's end.
  SELECT
    practice_id, location_id, product_id, week_start, stockout_days, is_in_use,
    sum(units_used) OVER quarter AS units,
    7 * count(*) OVER quarter - sum(stockout_days) OVER quarter AS days
  FROM stock_weekly
  WINDOW quarter AS (
    PARTITION BY practice_id, location_id, product_id ORDER BY week_start
    RANGE BETWEEN INTERVAL 84 DAYS PRECEDING AND CURRENT ROW)
), stockouts AS (
  SELECT
    u.practice_id, u.location_id, 'week' AS calendar, u.week_start AS period_start,
    sum(CASE WHEN u.is_in_use AND u.days > 0 AND u.units > 0
      THEN whole_ratio(
        CAST(u.stockout_days AS HUGEINT) * ten_thousandths(u.units)
          * ten_thousandths(p.retail_price),
        CAST(u.days AS HUGEINT) * 1000000) ELSE 0 END) AS lost
  FROM usage u
  JOIN products p ON p.practice_id = u.practice_id AND p.product_id = u.product_id
  WHERE p.retail_price IS NOT NULL
  GROUP BY ALL
), stock AS (
  SELECT
    w.practice_id, w.location_id, w.calendar, w.period_start,
    whole_ratio(ten_thousandths(coalesce(c.expired, 0)), 100) AS expired,
    whole_ratio(ten_thousandths(coalesce(c.shrinkage, 0)), 100) AS shrinkage,
    o.lost
  FROM (
    SELECT DISTINCT practice_id, location_id, 'week' AS calendar, week_start AS period_start
    FROM stock_weekly
    UNION ALL
    SELECT DISTINCT practice_id, location_id, calendar, period_start FROM stock_monthly
  ) w
  LEFT JOIN stock_costs c USING (practice_id, location_id, calendar, period_start)
  LEFT JOIN stockouts o USING (practice_id, location_id, calendar, period_start)
), valued AS (
  SELECT
    w.*, k.expired, k.shrinkage, k.lost,
    CASE WHEN k.expired IS NULL THEN 'no stock history in this ' || unit END AS no_stock,
    CASE
      WHEN k.expired IS NULL THEN 'no stock history in this ' || unit
      WHEN w.calendar <> 'week' THEN 'estimated per week; see leakage_weekly'
      WHEN k.lost IS NULL THEN 'no product in stock has a retail price'
    END AS no_price,
    CASE WHEN no_rate IS NULL THEN whole_ratio(bookable * gross_exact, kept * 100) END AS potential_cents,
    CASE WHEN no_rate IS NULL THEN whole_ratio(unresolved * gross_exact, kept * 100) END AS unresolved_cents,
    CASE WHEN no_rate IS NULL THEN whole_ratio(late_cancelled * gross_exact, kept * 100) END
      AS late_cancelled_cents,
    CASE WHEN no_rate IS NULL THEN whole_ratio(no_show * gross_exact, kept * 100) END AS no_show_cents
  FROM whole w
  LEFT JOIN stock k USING (practice_id, location_id, calendar, period_start)
), steps AS (
  -- Minutes of which no export tells are not 0.
  SELECT
    practice_id, location_id, calendar, period_start,
    unnest([
      {'position': 1, 'step': 'potential', 'label': 'Potential of the bookable hours',
        'role': 'total', 'seconds': CASE WHEN bookable <> 0 OR NOT is_use_unknown THEN bookable END,
        'cents': potential_cents, 'reason': no_rate},
      {'position': 2, 'step': 'idle', 'label': 'Idle', 'role': 'less',
        'seconds': CASE WHEN NOT is_use_unknown
          THEN bookable - kept - unresolved - late_cancelled - no_show END,
        'cents': potential_cents - unresolved_cents - late_cancelled_cents - no_show_cents - gross,
        'reason': no_rate},
      {'position': 3, 'step': 'unresolved', 'label': 'Unresolved', 'role': 'less',
        'seconds': CASE WHEN NOT is_use_unknown THEN unresolved END, 'cents': unresolved_cents,
        'reason': no_rate},
      {'position': 4, 'step': 'late_cancelled', 'label': 'Late-cancelled', 'role': 'less',
        'seconds': CASE WHEN NOT is_use_unknown THEN late_cancelled END, 'cents': late_cancelled_cents,
        'reason': no_rate},
      {'position': 5, 'step': 'no_show', 'label': 'No-show', 'role': 'less',
        'seconds': CASE WHEN NOT is_use_unknown THEN no_show END, 'cents': no_show_cents,
        'reason': no_rate},
      {'position': 6, 'step': 'gross_service', 'label': 'Gross service', 'role': 'total',
        'seconds': CASE WHEN NOT is_use_unknown THEN kept END,
        'cents': CASE WHEN no_sales IS NULL THEN gross END, 'reason': no_sales},
      {'position': 7, 'step': 'discounts', 'label': 'Discounts', 'role': 'less',
        'seconds': NULL, 'cents': CASE WHEN no_sales IS NULL THEN gross - net END,
        'reason': no_sales},
      {'position': 8, 'step': 'net_service', 'label': 'Net service', 'role': 'total',
        'seconds': NULL, 'cents': CASE WHEN no_sales IS NULL THEN net END, 'reason': no_sales},
      {'position': 9, 'step': 'uncollected', 'label': 'Billed and not yet collected',
        'role': 'beside', 'seconds': NULL,
        'cents': CASE WHEN no_payments IS NULL THEN uncollected END, 'reason': no_payments},
      {'position': 10, 'step': 'expired', 'label': 'Expired stock, at cost', 'role': 'beside',
        'seconds': NULL, 'cents': expired, 'reason': no_stock},
      {'position': 11, 'step': 'shrinkage', 'label': 'Stock missing at counts, at cost',
        'role': 'beside', 'seconds': NULL, 'cents': shrinkage, 'reason': no_stock},
      {'position': 12, 'step': 'stockouts', 'label': 'Stockouts, estimated at retail price',
        'role': 'beside', 'seconds': NULL, 'cents': lost, 'reason': no_price}
    ]) AS s
  FROM valued
)
SELECT
  practice_id, location_id, calendar, period_start, s.position, s.step, s.label, s.role,
  scaled(CAST(s.seconds AS DECIMAL(38, 0)), 1, 60) AS minutes,
  from_cents(s.cents) AS amount,
  s.reason AS unavailable_reason
FROM steps
