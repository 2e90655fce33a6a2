SELECT *
FROM refused_files
WHERE practice_id = ANY($1)
ORDER BY source, file_name, source_line
