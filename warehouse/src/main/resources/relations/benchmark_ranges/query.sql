-- Ranges of weeks that a location is compared over: they end with one of the last 13 weeks and need
-- all their weeks to have been computed.
SELECT e.week_start, r.range_weeks, e.week_start - 7 * (r.range_weeks - 1) AS first_week
FROM (
  SELECT first_week, last_week - 7 * CAST(unnest(range(13)) AS INTEGER) AS week_start FROM computed
) e
CROSS JOIN (VALUES (1), (4), (13)) r (range_weeks)
WHERE e.week_start - 7 * (r.range_weeks - 1) >= e.first_week
