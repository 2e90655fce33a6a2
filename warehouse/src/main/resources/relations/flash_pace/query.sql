WITH parts AS (
  SELECT
    practice_id, location_id, date, weeks_ago, day_of_week, is_closed, 'net_revenue' AS kpi,
    CAST(net_revenue AS DECIMAL(38, 4)) AS numerator, CAST(NULL AS DECIMAL(38, 4)) AS denominator,
    net_revenue IS NOT NULL AS is_told
  FROM flash_days
  UNION ALL BY NAME
  SELECT
    practice_id, location_id, date, weeks_ago, day_of_week, is_closed, 'average_ticket' AS kpi,
    ticket_revenue AS numerator, sales_visits AS denominator, sales_visits IS NOT NULL AS is_told
  FROM flash_days
  UNION ALL BY NAME
  SELECT
    practice_id, location_id, date, weeks_ago, day_of_week, is_closed, 'collection_rate' AS kpi,
    collected AS numerator, billed AS denominator, billed IS NOT NULL AS is_told
  FROM flash_days
  UNION ALL BY NAME
  SELECT
    practice_id, location_id, date, weeks_ago, day_of_week, is_closed, 'no_show_rate' AS kpi,
    visits_no_show AS numerator, visits_due AS denominator, visits_due IS NOT NULL AS is_told
  FROM flash_days
), judged AS (
  SELECT
    *,
    -- A day that was closed in one of the weeks is not like the others.
    count(*) FILTER (is_told) OVER one_day = 5
      AND bool_or(is_closed) OVER one_day = bool_and(is_closed) OVER one_day AS is_compared,
    max(date) OVER (PARTITION BY practice_id, location_id) AS yesterday
  FROM parts
  WINDOW one_day AS (PARTITION BY practice_id, location_id, kpi, day_of_week)
), weeks AS (
  -- Sums of the days that are compared, per week.
  SELECT
    practice_id, location_id, kpi, weeks_ago, sum(numerator) AS numerator,
    sum(denominator) AS denominator, count(*) FILTER (NOT is_closed) AS open_days,
    max(date) FILTER (NOT is_closed) AS last_day,
    CASE WHEN kpi = 'net_revenue' THEN CAST(sum(numerator) AS DOUBLE)
      ELSE flash_ratio(sum(numerator), sum(denominator)) END AS value
  FROM judged
  WHERE is_compared
  GROUP BY practice_id, location_id, kpi, weeks_ago
), compared AS (
  SELECT
    practice_id, location_id, kpi,
    max(open_days) FILTER (weeks_ago = 0) AS days,
    max(last_day) FILTER (weeks_ago = 0) AS last_day,
    max(value) FILTER (weeks_ago = 0) AS value,
    CASE WHEN kpi = 'net_revenue'
      THEN CAST(scaled(sum(numerator) FILTER (weeks_ago > 0), 1, 4) AS DOUBLE)
      ELSE flash_ratio(
        sum(numerator) FILTER (weeks_ago > 0), sum(denominator) FILTER (weeks_ago > 0)) END AS base,
    min(value) FILTER (weeks_ago > 0) AS low, max(value) FILTER (weeks_ago > 0) AS high
  FROM weeks
  GROUP BY practice_id, location_id, kpi
), current AS (
  SELECT
    practice_id, location_id, kpi,
    sum(numerator) FILTER (date = yesterday) AS day_numerator,
    sum(denominator) FILTER (date = yesterday) AS day_denominator,
    sum(numerator) FILTER (is_told) AS numerator, sum(denominator) FILTER (is_told) AS denominator,
    count(*) FILTER (NOT is_closed) AS days, count(*) FILTER (NOT is_closed AND is_told) AS days_told
  FROM judged
  WHERE weeks_ago = 0
  GROUP BY ALL
)
SELECT
  n.practice_id, n.location_id, n.kpi,
  CASE WHEN n.kpi = 'net_revenue' THEN CAST(n.day_numerator AS DOUBLE)
    ELSE flash_ratio(n.day_numerator, n.day_denominator) END AS yesterday,
  n.day_denominator AS yesterday_sample,
  CASE WHEN n.kpi = 'net_revenue' THEN CAST(n.numerator AS DOUBLE)
    ELSE flash_ratio(n.numerator, n.denominator) END AS week_to_date,
  n.denominator AS week_sample,
  n.days, n.days_told, coalesce(b.days, 0) AS compared_days, b.last_day AS compared_last,
  CASE WHEN b.days > 0 THEN b.value END AS compared_value,
  CASE WHEN b.days > 0 THEN b.base END AS base_value,
  CASE WHEN b.days > 0 THEN b.low END AS base_low,
  CASE WHEN b.days > 0 THEN b.high END AS base_high,
  CASE
    WHEN b.days > 0 THEN NULL
    WHEN n.days = 0 THEN 'it was closed on every day of the week up to yesterday'
    WHEN n.days_told = 0 THEN 'no day of the week is told yet'
    WHEN l.opened_on > week_of(c.as_of - 1, c.last_week) - 28
      THEN 'it opened on ' || strftime(l.opened_on, '%b %-d, %Y')
    ELSE 'no day of it is open and told in this week and in each of the four before'
  END AS unavailable_reason
FROM current n
JOIN locations l USING (practice_id, location_id)
CROSS JOIN computed c
LEFT JOIN compared b USING (practice_id, location_id, kpi)
ORDER BY n.practice_id, n.location_id, n.kpi
