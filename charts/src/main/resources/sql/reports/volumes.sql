-- Recent weeks of sources whose number of rows is far from usual.
SELECT *
FROM source_volumes
WHERE is_unusual AND week_start > (SELECT last_week_start FROM runs) - 28 AND practice_id = ANY($1)
ORDER BY week_start DESC, source, table_name
