-- What each vendor counts otherwise than we do, from the same measures and rows. Only weeks in which
-- our KPI is published.
WITH sums AS (
  SELECT
    practice_id, location_id, week_start,
    coalesce(sum(amount) FILTER (measure = 'no_show_seconds'), 0) AS no_show,
    coalesce(sum(amount) FILTER (measure = 'unresolved_seconds'), 0) AS unresolved,
    coalesce(sum(amount) FILTER (measure = 'overflow_seconds'), 0) AS overflow,
    coalesce(sum(amount) FILTER (measure = 'break_seconds'), 0) AS breaks,
    coalesce(sum(amount) FILTER (measure = 'blocked_seconds'), 0) AS blocked,
    coalesce(sum(amount) FILTER (measure = 'visits_late_cancelled'), 0) AS visits_late_cancelled,
    coalesce(sum(amount) FILTER (measure = 'visits_unresolved'), 0) AS visits_unresolved,
    coalesce(sum(amount) FILTER (measure = 'visits_cancelled'), 0) AS visits_cancelled
  FROM measures_weekly
  WHERE grain = 'location'
  GROUP BY ALL
), booked AS (
  SELECT
    a.practice_id, a.location_id, a.visit_id, a.client_key, a.status, a.start_at, a.booked_at,
    a.local_date
  FROM appointments a
  JOIN locations USING (practice_id, location_id)
  WHERE a.client_key IS NOT NULL AND a.status <> 'deleted'
), followed AS (
  -- Of each attended visit: whether its client had a later appointment by its end, by our rule and by
  -- those of two vendors.
  SELECT
    v.practice_id, v.location_id, d.week_start, v.visit_key, v.client_key IS NOT NULL AS is_known,
    coalesce(bool_or(booked_on <= v.visit_date), false) AS is_rebooked,
    coalesce(bool_or(booked_on = v.visit_date), false) AS is_rebooked_that_day,
    coalesce(bool_or(booked_on <= v.visit_date AND b.status <> 'cancelled'), false)
      AS is_rebooked_for_good
  FROM visits v
  JOIN locations l USING (practice_id, location_id)
  JOIN dates d ON d.date = v.visit_date
  JOIN computed c ON d.week_start <= c.last_week
  LEFT JOIN booked b
    ON b.practice_id = v.practice_id AND b.client_key = v.client_key AND b.local_date > v.visit_date
  -- The day is that of the place of the visit.
  CROSS JOIN LATERAL (SELECT CAST(timezone(l.time_zone, b.booked_at) AS DATE) AS booked_on)
  WHERE v.outcome = 'attended'
  GROUP BY ALL
), rebooked AS (
  SELECT
    practice_id, location_id, week_start,
    count(*) FILTER (is_known AND is_rebooked) AS ours,
    count(*) FILTER (is_rebooked_that_day) AS that_day,
    count(*) FILTER (is_known AND is_rebooked_for_good) AS for_good,
    count(*) FILTER (is_known) AS known,
    count(*) AS visits
  FROM followed
  GROUP BY ALL
), calendar AS (
  -- What stands in a calendar as one appointment is a visit, which may hold several services; the
  -- second of them is not one that the client came back for.
  SELECT
    practice_id, location_id, client_key, min(local_date) AS local_date,
    min(start_at) AS start_at, min(booked_at) AS booked_at
  FROM booked
  WHERE status <> 'cancelled'
  GROUP BY
    practice_id, location_id, client_key, visit_id, CASE WHEN visit_id IS NULL THEN local_date END
), in_turn AS (
  SELECT
    *,
    lag(start_at) OVER (PARTITION BY practice_id, client_key ORDER BY start_at, location_id)
      AS last_start_at
  FROM calendar
), unknown AS (
  -- A row without a client is its own visit, unless the export says which one it belongs to.
  SELECT practice_id, location_id, min(local_date) AS local_date
  FROM appointments
  WHERE client_key IS NULL AND status NOT IN ('cancelled', 'deleted')
  GROUP BY
    practice_id, location_id, visit_id, CASE WHEN visit_id IS NULL THEN appointment_id END
), prebooked AS (
  SELECT
    b.practice_id, b.location_id, d.week_start,
    count(*) FILTER (b.booked_at <= b.last_start_at + INTERVAL 24 HOURS) AS prebooked,
    count(*) AS appointments
  FROM (
    SELECT * FROM in_turn
    UNION ALL BY NAME
    SELECT * FROM unknown
  ) b
  JOIN dates d ON d.date = b.local_date
  JOIN computed c ON d.week_start <= c.last_week
  GROUP BY ALL
), taxed AS (
  SELECT
    s.practice_id, s.location_id, d.week_start, sum(s.tax_amount) AS tax
  FROM sale_lines s
  JOIN dates d ON d.date = s.local_date
  WHERE s.kind IN ('service', 'retail')
  GROUP BY ALL
), differences AS (
  SELECT practice_id, location_id, week_start, 'fill_rate' AS kpi, unnest([
    {'vendor': 'zenoti', 'position': 1, 'item': 'Treatments outside bookable time are used time',
      'numerator': overflow, 'denominator': 0},
    {'vendor': 'zenoti', 'position': 2, 'item': 'Breaks are used and scheduled time',
      'numerator': breaks, 'denominator': breaks},
    {'vendor': 'zenoti', 'position': 3, 'item': 'Blocked time is used and scheduled time',
      'numerator': blocked, 'denominator': blocked},
    {'vendor': 'boulevard', 'position': 1, 'item': 'Treatments outside bookable time are booked',
      'numerator': overflow, 'denominator': 0},
    {'vendor': 'boulevard', 'position': 2, 'item': 'Bookings that nobody closed are booked',
      'numerator': unresolved, 'denominator': 0},
    {'vendor': 'boulevard', 'position': 3, 'item': 'Breaks are scheduled time',
      'numerator': 0, 'denominator': breaks},
    {'vendor': 'boulevard', 'position': 4, 'item': 'Blocked time is scheduled time',
      'numerator': 0, 'denominator': blocked},
    {'vendor': 'mangomint', 'position': 1, 'item': 'Treatments outside bookable time are booked',
      'numerator': overflow, 'denominator': 0},
    {'vendor': 'mangomint', 'position': 2, 'item': 'No-shows are booked',
      'numerator': no_show, 'denominator': 0},
    {'vendor': 'mangomint', 'position': 3, 'item': 'Bookings that nobody closed are booked',
      'numerator': unresolved, 'denominator': 0},
    {'vendor': 'phorest', 'position': 1, 'item': 'Treatments outside bookable time are used time',
      'numerator': overflow, 'denominator': 0},
    {'vendor': 'phorest', 'position': 2, 'item': 'Breaks are used and scheduled time',
      'numerator': breaks, 'denominator': breaks},
    {'vendor': 'phorest', 'position': 3, 'item': 'Blocked time is scheduled time',
      'numerator': 0, 'denominator': blocked},
    {'vendor': 'jane', 'position': 1, 'item': 'No-shows are booked',
      'numerator': no_show, 'denominator': 0},
    {'vendor': 'jane', 'position': 2, 'item': 'Bookings that nobody closed are booked',
      'numerator': unresolved, 'denominator': 0},
    {'vendor': 'jane', 'position': 3, 'item': 'Breaks are scheduled time',
      'numerator': 0, 'denominator': breaks},
    {'vendor': 'jane', 'position': 4, 'item': 'Blocked time is scheduled time',
      'numerator': 0, 'denominator': blocked}
  ]) AS d
  FROM sums
  UNION ALL BY NAME
  SELECT practice_id, location_id, week_start, 'no_show_rate' AS kpi, unnest([
    {'vendor': 'zenoti', 'position': 1, 'item': 'Early cancellations are appointments',
      'numerator': 0, 'denominator': visits_cancelled},
    {'vendor': 'zenoti', 'position': 2, 'item': 'Bookings that nobody closed are appointments',
      'numerator': 0, 'denominator': visits_unresolved},
    {'vendor': 'jane', 'position': 1, 'item': 'Late cancellations leave the schedule',
      'numerator': 0, 'denominator': -visits_late_cancelled},
    {'vendor': 'jane', 'position': 2, 'item': 'Bookings that nobody closed stay on the schedule',
      'numerator': 0, 'denominator': visits_unresolved}
  ]) AS d
  FROM sums
  UNION ALL BY NAME
  SELECT practice_id, location_id, week_start, 'rebooking_rate' AS kpi, unnest([
    {'vendor': 'zenoti', 'position': 1,
      'item': 'Only what is booked on the day of the visit is a rebooking',
      'numerator': that_day - ours, 'denominator': 0},
    {'vendor': 'zenoti', 'position': 2, 'item': 'Visits without a client are invoices too',
      'numerator': 0, 'denominator': visits - known},
    {'vendor': 'phorest', 'position': 1, 'item': 'A later cancellation takes the rebooking away',
      'numerator': for_good - ours, 'denominator': 0}
  ]) AS d
  FROM rebooked
  UNION ALL BY NAME
  SELECT r.practice_id, r.location_id, r.week_start, 'rebooking_rate' AS kpi, {
    'vendor': 'mangomint', 'position': 1,
    'item': 'Appointments that had been prebooked are counted, not visits that rebook',
    'numerator': coalesce(p.prebooked, 0) - ours,
    'denominator': coalesce(p.appointments, 0) - known} AS d
  FROM rebooked r
  LEFT JOIN prebooked p USING (practice_id, location_id, week_start)
  UNION ALL BY NAME
  SELECT b.practice_id, b.location_id, b.week_start, 'net_revenue' AS kpi, unnest([
    {'vendor': 'zenoti', 'position': 1, 'item': 'Packages are sales', 'numerator': sold_package,
      'denominator': NULL},
    {'vendor': 'zenoti', 'position': 2, 'item': 'Memberships are sales',
      'numerator': sold_membership, 'denominator': NULL},
    {'vendor': 'zenoti', 'position': 3, 'item': 'Gift cards are sales',
      'numerator': sold_gift_card, 'denominator': NULL},
    {'vendor': 'boulevard', 'position': 1, 'item': 'Packages are sales',
      'numerator': sold_package, 'denominator': NULL},
    {'vendor': 'boulevard', 'position': 2, 'item': 'Memberships are sales',
      'numerator': sold_membership, 'denominator': NULL},
    {'vendor': 'boulevard', 'position': 3, 'item': 'Gift cards are sales',
      'numerator': sold_gift_card, 'denominator': NULL},
    {'vendor': 'boulevard', 'position': 4, 'item': 'Account balances are sales',
      'numerator': sold_deposit, 'denominator': NULL},
    {'vendor': 'boulevard', 'position': 5, 'item': 'Gratuity is in sales', 'numerator': tips,
      'denominator': NULL},
    {'vendor': 'mangomint', 'position': 1, 'item': 'Fees are no sales',
      'numerator': -revenue_fee, 'denominator': NULL},
    {'vendor': 'phorest', 'position': 1, 'item': 'Fees are no sales', 'numerator': -revenue_fee,
      'denominator': NULL},
    {'vendor': 'phorest', 'position': 2, 'item': 'Tax is in gross totals',
      'numerator': coalesce(t.tax, 0), 'denominator': NULL},
    {'vendor': 'jane', 'position': 1, 'item': 'Packages are invoiced when sold',
      'numerator': sold_package, 'denominator': NULL},
    {'vendor': 'jane', 'position': 2, 'item': 'Memberships are invoiced when sold',
      'numerator': sold_membership, 'denominator': NULL},
    {'vendor': 'jane', 'position': 3, 'item': 'Gift cards are invoiced when sold',
      'numerator': sold_gift_card, 'denominator': NULL}
  ]) AS d
  FROM revenue_bridge_weekly b
  LEFT JOIN taxed t USING (practice_id, location_id, week_start)
)
SELECT
  k.practice_id, k.location_id, k.week_start, k.kpi, x.d.vendor, x.d.position, x.d.item,
  scaled(x.d.numerator, 1, s.numerator_divide) AS numerator_change,
  CASE WHEN s.is_ratio THEN scaled(x.d.denominator, 1, s.denominator_divide) END
    AS denominator_change
FROM differences x
JOIN kpi_weekly k USING (practice_id, location_id, week_start, kpi)
JOIN kpi_scales s USING (kpi)
WHERE x.d.numerator <> 0 OR x.d.denominator <> 0
ORDER BY ALL
