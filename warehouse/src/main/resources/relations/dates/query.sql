SELECT
  CAST(day AS DATE) AS date,
  week_of(CAST(day AS DATE), c.last_week) AS week_start,
  week_of(CAST(day AS DATE), c.last_week) + 6 AS week_end,
  isodow(day) AS weekday,
  date_trunc('month', day) AS month_start,
  year(day) AS year
FROM computed c,
  unnest(generate_series(
    CAST(least(c.first_week, (SELECT min(local_date) FROM fact_dates)) AS TIMESTAMP),
    CAST(c.as_of AS TIMESTAMP), INTERVAL 1 DAY)) AS days (day)
ORDER BY date
