SELECT
  CAST(day AS DATE) AS date,
  CAST(day AS DATE)
    - CAST((isodow(day) - isodow(c.last_week) + 7) % 7 AS INTEGER) AS week_start,
  CAST(day AS DATE)
    - CAST((isodow(day) - isodow(c.last_week) + 7) % 7 AS INTEGER) + 6 AS week_end,
  isodow(day) AS weekday,
  date_trunc('month', day) AS month_start,
  year(day) AS year
FROM computed c,
  unnest(generate_series(
    CAST(least(c.first_week, (SELECT min(local_date) FROM fact_dates)) AS TIMESTAMP),
    CAST(c.as_of AS TIMESTAMP), INTERVAL 1 DAY)) AS days (day)
ORDER BY date
