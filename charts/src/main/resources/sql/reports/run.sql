-- How the publication came about; one row.
SELECT run_id, as_of, known_at, last_week_start, bronze_files, configuration_digest, code_version, privacy_note
FROM runs
