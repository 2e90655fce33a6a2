-- Rows of the files of the audience's practices.
SELECT r.*
FROM published.rejected_rows r
WHERE r.source_file_id IN (
  SELECT f.source_file_id
  FROM published.ingest_files f
  JOIN audience USING (practice_id)
)
