-- For the coming week, and for each of the last 13 as of its first day: what is learned comes from the
-- 13 weeks before the week, and every booking counts as it stood when its week began. Shares and values
-- are rounded to fixed decimals before they are added, so that the order of rows changes no digit.
WITH origins AS (
  SELECT c.last_week + 7 - CAST(7 * w.ago AS INTEGER) AS week_start
  FROM computed c
  CROSS JOIN range(14) w (ago)
), learned AS (
  -- The days of the 13 weeks before that are told.
  SELECT o.week_start AS made_for, d.*
  FROM origins o
  JOIN forecast_days d
    ON d.week_start BETWEEN o.week_start - 91 AND o.week_start - 7 AND d.is_told
), rows_learned AS (
  SELECT d.made_for, b.*, d.is_open
  FROM learned d
  JOIN forecast_bookings b USING (practice_id, location_id, date)
), totals AS (
  SELECT
    made_for, practice_id, location_id, count(DISTINCT week_start) AS weeks,
    sum(net_service) AS net_service, sum(net_other) AS net_other,
    sum(rows_attended) AS rows_attended, sum(visits_attended) AS visits_attended
  FROM learned
  GROUP BY ALL
), knowledge AS (
  -- Whether the exports tell when bookings are made and cancelled.
  SELECT
    made_for, practice_id, location_id,
    count(booked_on) / count(*) AS booked_share,
    count(cancelled_on) FILTER (status = 'cancelled')
      / nullif(count(*) FILTER (status = 'cancelled'), 0) AS cancelled_share
  FROM rows_learned
  GROUP BY ALL
), services_attended AS (
  SELECT made_for, practice_id, location_id, service_id, count(*) AS rows_attended
  FROM rows_learned
  WHERE is_attended AND service_id IS NOT NULL
  GROUP BY ALL
), services_sold AS (
  SELECT d.made_for, l.practice_id, l.location_id, l.service_id, sum(l.net_amount) AS net
  FROM learned d
  JOIN sale_lines l
    ON l.practice_id = d.practice_id AND l.location_id = d.location_id AND l.local_date = d.date
  WHERE l.kind = 'service' AND l.service_id IS NOT NULL
  GROUP BY ALL
), services_told AS (
  SELECT a.*, coalesce(s.net, 0) AS net
  FROM services_attended a
  LEFT JOIN services_sold s USING (made_for, practice_id, location_id, service_id)
), means AS (
  -- Sales of services that nobody came for are spread over all rows.
  SELECT
    t.*, CAST(coalesce(s.net, 0) AS DOUBLE) / t.rows_attended AS mean_of_services,
    CAST(t.net_service - coalesce(s.net, 0) AS DOUBLE) / t.rows_attended AS beside,
    CAST(CAST(t.net_service AS DOUBLE) / t.rows_attended AS DECIMAL(18, 4)) AS net_per_row
  FROM totals t
  LEFT JOIN (
    SELECT made_for, practice_id, location_id, sum(net) AS net FROM services_told GROUP BY ALL
  ) s USING (made_for, practice_id, location_id)
  WHERE t.rows_attended > 0
), worth AS (
  SELECT
    s.made_for, s.practice_id, s.location_id, s.service_id,
    CAST((CAST(s.net AS DOUBLE) + 20 * m.mean_of_services) / (s.rows_attended + 20) + m.beside
      AS DECIMAL(18, 4)) AS net_per_row
  FROM services_told s
  JOIN means m USING (made_for, practice_id, location_id)
), missed AS (
  SELECT
    made_for, practice_id, location_id, lead_class, channel, days_ahead,
    count(*) AS due, count(*) FILTER (NOT is_attended) AS missed
  FROM rows_learned
  WHERE is_standing AND is_attended IS NOT NULL
  GROUP BY ALL
), risk_means AS (
  SELECT made_for, practice_id, location_id, sum(missed) / sum(due) AS risk
  FROM missed
  GROUP BY ALL
), risks AS (
  SELECT
    n.made_for, n.practice_id, n.location_id, n.lead_class, n.channel, n.days_ahead,
    CAST((n.missed + 20 * m.risk) / (n.due + 20) AS DECIMAL(9, 6)) AS risk
  FROM missed n
  JOIN risk_means m USING (made_for, practice_id, location_id)
), standing AS (
  SELECT
    b.week_start AS made_for, b.practice_id, b.location_id, b.date, count(*) AS rows_standing,
    sum(1 - coalesce(r.risk, CAST(m.risk AS DECIMAL(9, 6)))) AS rows_expected,
    sum(coalesce(w.net_per_row, t.net_per_row) * (1 - coalesce(r.risk, CAST(m.risk AS DECIMAL(9, 6)))))
      AS net_expected
  FROM forecast_bookings b
  LEFT JOIN risk_means m
    ON m.made_for = b.week_start AND m.practice_id = b.practice_id AND m.location_id = b.location_id
  LEFT JOIN means t
    ON t.made_for = b.week_start AND t.practice_id = b.practice_id AND t.location_id = b.location_id
  LEFT JOIN worth w
    ON w.made_for = b.week_start AND w.practice_id = b.practice_id AND w.location_id = b.location_id
    AND w.service_id = b.service_id
  LEFT JOIN risks r
    ON r.made_for = b.week_start AND r.practice_id = b.practice_id AND r.location_id = b.location_id
    AND r.lead_class = b.lead_class AND r.channel = b.channel AND r.days_ahead = b.days_ahead
  WHERE b.is_standing
  GROUP BY ALL
), late AS (
  -- Who came without standing in the book when the week began.
  SELECT
    b.made_for, b.practice_id, b.location_id, b.days_ahead, count(*) AS rows_late,
    sum(coalesce(w.net_per_row, t.net_per_row)) AS net_late
  FROM rows_learned b
  JOIN means t USING (made_for, practice_id, location_id)
  LEFT JOIN worth w USING (made_for, practice_id, location_id, service_id)
  WHERE b.is_attended AND NOT b.is_standing
  GROUP BY ALL
), weekdays AS (
  SELECT made_for, practice_id, location_id, days_ahead, count(*) AS days,
    count(*) FILTER (is_open) AS open_days,
    sum(net_service + net_other) FILTER (week_start >= made_for - 28) AS net_of_four,
    count(*) FILTER (week_start >= made_for - 28) AS days_of_four
  FROM learned
  GROUP BY ALL
), hours AS (
  SELECT
    practice_id, location_id, week_start AS made_for, date, sum(bookable_seconds) AS bookable,
    sum(booked_seconds) AS booked
  FROM week_ahead_hours
  GROUP BY ALL
), planned AS (
  SELECT DISTINCT practice_id, location_id, made_for, true AS is_planned FROM hours
), days AS (
  SELECT
    o.week_start AS made_for, l.practice_id, l.location_id, o.week_start + CAST(d.day AS INTEGER) AS date,
    CAST(d.day AS BIGINT) AS days_ahead, t.weeks, t.rows_attended, t.visits_attended,
    CAST(t.net_other AS DOUBLE) / nullif(t.visits_attended, 0) AS other_per_visit,
    k.booked_share, k.cancelled_share, m.risk, a.practice_id IS NOT NULL AS has_attended
  FROM origins o
  CROSS JOIN locations l
  CROSS JOIN computed c
  CROSS JOIN range(7) d (day)
  LEFT JOIN means t
    ON t.made_for = o.week_start AND t.practice_id = l.practice_id AND t.location_id = l.location_id
  LEFT JOIN knowledge k
    ON k.made_for = o.week_start AND k.practice_id = l.practice_id AND k.location_id = l.location_id
  LEFT JOIN risk_means m
    ON m.made_for = o.week_start AND m.practice_id = l.practice_id AND m.location_id = l.location_id
  LEFT JOIN (SELECT DISTINCT practice_id, location_id FROM forecast_bookings WHERE is_attended) a
    ON a.practice_id = l.practice_id AND a.location_id = l.location_id
  -- Of a week that is over only a forecast says anything, or why there was none.
  WHERE t.weeks > 0 OR o.week_start > c.last_week
), booked_weeks AS (
  SELECT DISTINCT practice_id, location_id, made_for, true AS has_rows FROM standing
), joined AS (
  SELECT
    d.*, e.days, e.open_days, e.net_of_four, e.days_of_four, s.rows_standing,
    CASE WHEN p.is_planned OR x.date IS NOT NULL THEN coalesce(h.bookable, 0) END AS bookable,
    CASE WHEN p.is_planned OR x.date IS NOT NULL THEN coalesce(h.booked, 0) END AS booked,
    coalesce(s.rows_expected, 0) AS rows_expected, coalesce(s.net_expected, 0) AS net_expected,
    coalesce(l.rows_late, 0) AS rows_late, coalesce(l.net_late, 0) AS net_late,
    CASE
      WHEN NOT d.has_attended THEN 'the exports do not tell who came'
      WHEN coalesce(d.weeks, 0) < 8 THEN 'fewer than eight of the 13 weeks before are told'
      WHEN d.booked_share < 0.9 OR d.risk IS NULL THEN 'the exports do not tell when bookings were made'
      WHEN d.cancelled_share IS NULL OR d.cancelled_share < 0.5
        THEN 'the exports do not tell when bookings were cancelled'
      WHEN w.has_rows IS NULL THEN 'no booking of the week is told'
    END AS withheld_reason
  FROM days d
  LEFT JOIN weekdays e USING (made_for, practice_id, location_id, days_ahead)
  LEFT JOIN booked_weeks w USING (made_for, practice_id, location_id)
  LEFT JOIN standing s USING (made_for, practice_id, location_id, date)
  LEFT JOIN late l USING (made_for, practice_id, location_id, days_ahead)
  LEFT JOIN hours h USING (made_for, practice_id, location_id, date)
  LEFT JOIN planned p USING (made_for, practice_id, location_id)
  LEFT JOIN closed_days x USING (practice_id, location_id, date)
), late_of_day AS (
  -- On a closed day nobody is booked late, on an open one as many as on open ones; where no shifts are
  -- told, as many as on any such weekday.
  SELECT
    *,
    CASE
      WHEN bookable = 0 THEN 0
      WHEN bookable > 0 THEN 1 / nullif(open_days, 0)
      ELSE 1 / nullif(days, 0)
    END AS of_a_day
  FROM joined
), told AS (
  SELECT
    *,
    (CAST(rows_expected AS DOUBLE) + coalesce(rows_late * of_a_day, 0)) * visits_attended
      / rows_attended AS expected_visits,
    CAST(net_expected AS DOUBLE) + coalesce(CAST(net_late AS DOUBLE) * of_a_day, 0)
      AS expected_service
  FROM late_of_day
)
SELECT
  practice_id, location_id, made_for AS week_start, date, days_ahead,
  coalesce(rows_standing, 0) AS rows_booked,
  CAST(booked AS DOUBLE) / 3600 AS booked_hours, CAST(bookable AS DOUBLE) / 3600 AS bookable_hours,
  CASE WHEN withheld_reason IS NULL THEN expected_visits END AS expected_visits,
  CASE WHEN withheld_reason IS NULL
    THEN expected_service + coalesce(expected_visits * other_per_visit, 0) END
    AS expected_net_revenue,
  CASE WHEN days_of_four > 0 THEN CAST(net_of_four AS DOUBLE) / days_of_four END AS weekday_mean,
  withheld_reason
FROM told
