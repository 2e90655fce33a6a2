-- The share of the last week's revenue and hours whose ids both sides of a practice's systems have.
SELECT
  practice_id AS practice,
  kind,
  printf('%.1f %%', 100 * CAST(sum(matched_revenue) / nullif(sum(revenue), 0) AS DOUBLE)) AS revenue_matched,
  printf('%.1f %%', 100 * sum(matched_hours) / nullif(sum(hours), 0)) AS hours_matched
FROM identity_coverage
WHERE week_start = (SELECT last_week_start FROM runs)
GROUP BY ALL
ORDER BY ALL
