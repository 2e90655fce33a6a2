-- Locations that were open in the week and are in no sum of where their practice's money is: those whose
-- hours have no price, those whose sales or payments are not told, and those whose stored value is not.
WITH open_locations AS (
  SELECT practice_id, location_id, coalesce(name, location_id) AS name
  FROM locations
  WHERE practice_id = ANY($1) AND (opened_on IS NULL OR opened_on < CAST($2 AS DATE) + 7)
), hours AS (
  SELECT practice_id, location_id
  FROM leakage_weekly
  WHERE practice_id = ANY($1) AND week_start = $2 AND role <> 'beside'
  GROUP BY practice_id, location_id
  HAVING count(*) = count(amount)
), books AS (
  SELECT practice_id, location_id
  FROM revenue_bridge_weekly
  WHERE practice_id = ANY($1) AND week_start = $2
  QUALIFY
    sales IS NOT NULL
    AND (cash_collected IS NOT NULL
      OR NOT bool_or(cash_collected IS NOT NULL) OVER (PARTITION BY practice_id))
), stored AS (
  SELECT practice_id, location_id
  FROM stored_value_weekly
  WHERE practice_id = ANY($1) AND week_start = $2
  GROUP BY practice_id, location_id
  HAVING count(closing) < count(*)
)
SELECT practice_id, 'hours' AS part, name FROM open_locations ANTI JOIN hours USING (practice_id, location_id)
UNION ALL
SELECT practice_id, 'books', name FROM open_locations ANTI JOIN books USING (practice_id, location_id)
UNION ALL
SELECT practice_id, 'stored', name FROM open_locations SEMI JOIN stored USING (practice_id, location_id)
ORDER BY part, name
