SELECT * FROM kpi_rows WHERE grain = 'practice'
ORDER BY practice_id, kpi, week_start
