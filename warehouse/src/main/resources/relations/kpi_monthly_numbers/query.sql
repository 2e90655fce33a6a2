-- Each relation has its own name for its members; here they have one name. Numbers of a practice or a
-- region are at no location.
WITH numbers AS (
  SELECT 'location' AS grain, NULL AS member_id, * FROM kpi_monthly
  UNION ALL BY NAME
  SELECT 'provider' AS grain, provider_id AS member_id, * EXCLUDE (provider_id) FROM kpi_monthly_provider
  UNION ALL BY NAME
  SELECT 'room' AS grain, room_id AS member_id, * EXCLUDE (room_id) FROM kpi_monthly_room
  UNION ALL BY NAME
  SELECT 'category' AS grain, category AS member_id, * EXCLUDE (category) FROM kpi_monthly_category
  UNION ALL BY NAME
  SELECT 'product' AS grain, product_id AS member_id, * EXCLUDE (product_id) FROM kpi_monthly_product
  UNION ALL BY NAME
  SELECT 'practice' AS grain, * FROM kpi_monthly_practice
  UNION ALL BY NAME
  SELECT 'region' AS grain, region AS member_id, * EXCLUDE (region) FROM kpi_monthly_region
)
SELECT
  grain, practice_id, location_id, member_id, calendar, period_start, kpi, value, numerator, denominator,
  sample_size, is_stable, definition_version, is_whole, days_told
FROM numbers
