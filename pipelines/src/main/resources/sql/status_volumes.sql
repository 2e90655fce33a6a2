-- Weeks of the last eight whose rows are far from usual.
SELECT source, table_name, week_start, rows, usual, lower_limit, upper_limit
FROM source_volumes
WHERE is_unusual AND week_start > (SELECT last_week_start FROM runs) - 56
ORDER BY week_start DESC, source, table_name
