-- The numbers of a day as they are measured for kpi_daily, where the exports tell of the day. Payments
-- come in later, so each week's are those that had come when it was as old as this one is now.
WITH days AS (
  SELECT
    l.practice_id, l.location_id, l.opened_on, CAST(w.weeks_ago AS INTEGER) AS weeks_ago,
    CAST(d.day AS INTEGER) AS day_of_week,
    week_of(c.as_of - 1, c.last_week) - 7 * CAST(w.weeks_ago AS INTEGER) + CAST(d.day AS INTEGER)
      AS date,
    c.as_of - 1 - 7 * CAST(w.weeks_ago AS INTEGER) AS known_until
  FROM locations l
  CROSS JOIN computed c
  CROSS JOIN range(5) w (weeks_ago)
  CROSS JOIN range(7) d (day)
  WHERE week_of(c.as_of - 1, c.last_week) + CAST(d.day AS INTEGER) < c.as_of
), opened AS (
  SELECT
    d.*,
    EXISTS (FROM closed_days o
      WHERE o.practice_id = d.practice_id AND o.location_id = d.location_id AND o.date = d.date)
    OR (
      EXISTS (FROM opening_hours o
        WHERE o.practice_id = d.practice_id AND o.location_id = d.location_id)
      AND NOT EXISTS (FROM opening_hours o
        WHERE o.practice_id = d.practice_id AND o.location_id = d.location_id
          AND o.weekday = isodow(d.date))) AS is_closed
  FROM days d
  WHERE d.opened_on IS NULL OR d.opened_on <= d.date
), sold AS (
  SELECT DISTINCT practice_id, location_id, local_date AS date FROM sale_lines
), paid AS (
  SELECT DISTINCT practice_id, location_id, local_date AS date FROM payments
), known AS (
  SELECT
    o.*,
    s.date IS NOT NULL OR (o.is_closed AND EXISTS (FROM sold e
      WHERE e.practice_id = o.practice_id AND e.location_id = o.location_id)) AS has_sales,
    p.date IS NOT NULL OR (o.is_closed AND EXISTS (FROM paid e
      WHERE e.practice_id = o.practice_id AND e.location_id = o.location_id)) AS has_payments
  FROM opened o
  LEFT JOIN sold s USING (practice_id, location_id, date)
  LEFT JOIN paid p USING (practice_id, location_id, date)
), measured AS (
  SELECT
    practice_id, location_id, date,
    max(numerator) FILTER (kpi = 'net_revenue') AS net_revenue,
    max(numerator) FILTER (kpi = 'average_ticket') AS ticket_revenue,
    max(denominator) FILTER (kpi = 'average_ticket') AS sales_visits
  FROM kpi_daily
  WHERE category IS NULL
  GROUP BY ALL
), receipts AS (
  SELECT l.practice_id, l.location_id, l.sale_id, min(l.local_date) AS date
  FROM sale_lines l
  GROUP BY ALL
), moved AS (
  SELECT practice_id, location_id, sale_id, local_date, net_amount + tax_amount AS billed,
    CAST(0 AS DECIMAL(18, 4)) AS collected
  FROM sale_lines
  UNION ALL
  SELECT practice_id, location_id, sale_id, local_date, 0, amount FROM payments
), receipted AS (
  SELECT k.practice_id, k.location_id, k.date, sum(m.billed) AS billed, sum(m.collected) AS collected
  FROM known k
  JOIN receipts r USING (practice_id, location_id, date)
  JOIN moved m
    ON m.practice_id = r.practice_id AND m.location_id = r.location_id AND m.sale_id = r.sale_id
    AND m.local_date <= k.known_until
  GROUP BY ALL
), came AS (
  SELECT
    practice_id, location_id, visit_date AS date, count(*) AS visits,
    count(*) FILTER (outcome IN ('attended', 'no_show', 'late_cancelled')) AS due,
    count(*) FILTER (outcome = 'no_show') AS no_show,
    count(*) FILTER (outcome = 'unresolved') AS unresolved
  FROM visits
  GROUP BY ALL
), outcomes AS (
  SELECT DISTINCT practice_id, location_id FROM came WHERE due > 0
), told AS (
  SELECT
    k.*, m.net_revenue, m.ticket_revenue, m.sales_visits, r.billed, r.collected,
    coalesce(v.due, 0) AS due, coalesce(v.no_show, 0) AS no_show,
    coalesce(v.unresolved, 0) AS unresolved,
    -- Nobody was due where all that was booked was cancelled, or nothing was on a closed day.
    o.location_id IS NOT NULL AND (
      v.due > 0 OR (coalesce(v.unresolved, 0) = 0 AND (v.visits > 0 OR k.is_closed)))
      AS has_outcomes
  FROM known k
  LEFT JOIN measured m USING (practice_id, location_id, date)
  LEFT JOIN receipted r USING (practice_id, location_id, date)
  LEFT JOIN came v USING (practice_id, location_id, date)
  LEFT JOIN outcomes o USING (practice_id, location_id)
)
SELECT
  practice_id, location_id, date, weeks_ago, day_of_week, is_closed,
  count(*) FILTER (has_sales) OVER one_day = 5
    AND bool_or(is_closed) OVER one_day = bool_and(is_closed) OVER one_day AS is_compared,
  CASE WHEN has_sales THEN coalesce(net_revenue, 0) END AS net_revenue,
  CASE WHEN has_sales THEN coalesce(ticket_revenue, 0) END AS ticket_revenue,
  CASE WHEN has_sales THEN CAST(coalesce(sales_visits, 0) AS BIGINT) END AS sales_visits,
  CASE WHEN has_sales AND has_payments THEN coalesce(billed, 0) END AS billed,
  CASE WHEN has_sales AND has_payments THEN coalesce(collected, 0) END AS collected,
  CASE WHEN has_outcomes THEN due END AS visits_due,
  CASE WHEN has_outcomes THEN no_show END AS visits_no_show,
  unresolved AS visits_unresolved
FROM told
WINDOW one_day AS (PARTITION BY practice_id, location_id, day_of_week)
ORDER BY practice_id, location_id, date
