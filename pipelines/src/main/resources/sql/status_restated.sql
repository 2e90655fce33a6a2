-- The last ten of: a publication, a week that it restated, and a cause.
SELECT
  publication, restated_at, practice_id AS practice, week_start AS week,
  count(DISTINCT (location_id, grain, member_id, kpi)) AS numbers,
  coalesce(file_name, cause) AS because_of
FROM restatements
GROUP BY ALL
ORDER BY publication DESC, week DESC, practice, because_of
LIMIT 10
