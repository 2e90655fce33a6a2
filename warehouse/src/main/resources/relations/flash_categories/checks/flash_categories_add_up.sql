-- Categories, with retail and fees, are the net revenue of the days.
WITH days AS (
  SELECT
    f.practice_id, f.location_id, sum(net_revenue) FILTER (f.date = c.as_of - 1) AS yesterday,
    sum(net_revenue) FILTER (f.weeks_ago = 0) AS week_to_date
  FROM flash_days f
  CROSS JOIN computed c
  GROUP BY ALL
), categories AS (
  SELECT practice_id, location_id, sum(yesterday) AS yesterday, sum(week_to_date) AS week_to_date
  FROM flash_categories
  GROUP BY ALL
)
SELECT d.practice_id, d.location_id
FROM days d
LEFT JOIN categories s USING (practice_id, location_id)
WHERE coalesce(d.yesterday, 0) <> coalesce(s.yesterday, 0)
  OR coalesce(d.week_to_date, 0) <> coalesce(s.week_to_date, 0)
ORDER BY ALL
