-- Revenue and hours of each week whose ids the other side of the practice has too.
WITH revenue AS (
  SELECT u.practice_id, u.location_id, w.week_start, u.kind, u.value, v.is_matched,
    sum(abs(u.revenue)) AS revenue
  FROM identity_uses u
  JOIN identity_values v USING (practice_id, kind, side, value)
  JOIN dates w ON w.date = u.local_date
  CROSS JOIN computed c
  WHERE u.side = 'sales' AND u.revenue <> 0 AND u.local_date < c.as_of
  GROUP BY ALL
), hours AS (
  SELECT h.practice_id, h.location_id, h.week_start, 'provider' AS kind, h.value, bool_and(v.is_matched) AS is_matched,
    any_value(h.hours) AS hours
  FROM identity_hours h
  JOIN identity_values v
    ON v.practice_id = h.practice_id AND v.kind = 'provider' AND v.is_done AND v.value = h.value
  GROUP BY h.practice_id, h.location_id, h.week_start, h.value
), named AS (
  SELECT practice_id, location_id, week_start, kind, value, is_matched, revenue, 0 AS hours FROM revenue
  UNION ALL
  SELECT practice_id, location_id, week_start, kind, value, is_matched, 0, hours FROM hours
)
SELECT
  practice_id, location_id, week_start, kind,
  sum(revenue) AS revenue,
  coalesce(sum(revenue) FILTER (is_matched), 0) AS matched_revenue,
  CAST(coalesce(sum(revenue) FILTER (is_matched), 0) AS DOUBLE) / nullif(CAST(sum(revenue) AS DOUBLE), 0) AS revenue_share,
  CAST(sum(hours) AS DOUBLE) AS hours,
  CAST(coalesce(sum(hours) FILTER (is_matched), 0) AS DOUBLE) AS matched_hours,
  CAST(coalesce(sum(hours) FILTER (is_matched), 0) AS DOUBLE) / nullif(CAST(sum(hours) AS DOUBLE), 0) AS hours_share,
  count(DISTINCT value) FILTER (NOT is_matched) AS values_unmatched
FROM named
JOIN locations USING (practice_id, location_id)
CROSS JOIN computed c
WHERE week_start BETWEEN c.first_week AND c.last_week
GROUP BY practice_id, location_id, week_start, kind
ORDER BY practice_id, location_id, week_start, kind
