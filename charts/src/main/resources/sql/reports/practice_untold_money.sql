-- Locations that were open in the week and are in no sum of where the practice's money is: those whose
-- hours have no price, those whose sales or payments are not told, and those whose stored value is not.
WITH open_locations AS (
  SELECT location_id, coalesce(name, location_id) AS name
  FROM locations
  WHERE practice_id = $1 AND (opened_on IS NULL OR opened_on < CAST($2 AS DATE) + 7)
), hours AS (
  SELECT location_id
  FROM leakage_weekly
  WHERE practice_id = $1 AND week_start = $2 AND role <> 'beside'
  GROUP BY location_id
  HAVING count(*) = count(amount)
), books AS (
  SELECT location_id
  FROM revenue_bridge_weekly
  WHERE practice_id = $1 AND week_start = $2 AND sales IS NOT NULL
    AND (cash_collected IS NOT NULL OR NOT EXISTS (
      FROM revenue_bridge_weekly
      WHERE practice_id = $1 AND week_start = $2 AND cash_collected IS NOT NULL))
), stored AS (
  SELECT location_id
  FROM stored_value_weekly
  WHERE practice_id = $1 AND week_start = $2
  GROUP BY location_id
  HAVING count(closing) < count(*)
)
SELECT 'hours' AS part, name FROM open_locations ANTI JOIN hours USING (location_id)
UNION ALL
SELECT 'books', name FROM open_locations ANTI JOIN books USING (location_id)
UNION ALL
SELECT 'stored', name FROM open_locations SEMI JOIN stored USING (location_id)
ORDER BY part, name
