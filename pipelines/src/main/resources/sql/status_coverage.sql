-- The share of the last week's revenue and hours whose ids both sides of a practice's systems have; nothing but
-- all is 100 %.
WITH shares AS (
  SELECT
    practice_id AS practice,
    kind,
    CAST(sum(matched_revenue) / nullif(sum(revenue), 0) AS DOUBLE) AS revenue,
    sum(matched_hours) / nullif(sum(hours), 0) AS hours
  FROM identity_coverage
  WHERE week_start = (SELECT last_week_start FROM runs)
  GROUP BY ALL
)
SELECT
  practice,
  kind,
  printf('%.1f %%', 100 * CASE WHEN revenue < 1 THEN least(revenue, 0.999) ELSE revenue END) AS revenue_matched,
  printf('%.1f %%', 100 * CASE WHEN hours < 1 THEN least(hours, 0.999) ELSE hours END) AS hours_matched
FROM shares
ORDER BY ALL
