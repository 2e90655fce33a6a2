SELECT * FROM kpi_rows WHERE grain = 'provider'
ORDER BY practice_id, location_id, provider_id, kpi, week_start
