SELECT * FROM kpi_rows WHERE grain = 'location'
ORDER BY practice_id, location_id, kpi, week_start
