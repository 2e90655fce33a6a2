SELECT as_of, last_week_start, bronze_files AS files, run_id, code_version FROM runs
