-- What an hour of each provider brings by service category over 13 weeks, shrunk to the practice's mean.
SELECT
  c.practice_id, c.location_id,
  coalesce(p.name, c.provider_id) AS provider, c.category, c.rows_attended, c.treated_hours,
  c.shrunk_revenue_per_treated_hour AS rate, c.category_mean
FROM provider_category c
LEFT JOIN providers p ON p.practice_id = c.practice_id AND p.provider_id = c.provider_id
WHERE c.practice_id = ANY($1)
ORDER BY c.provider_id, c.category
