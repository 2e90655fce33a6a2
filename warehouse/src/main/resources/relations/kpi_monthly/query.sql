SELECT * FROM kpi_monthly_rows WHERE grain = 'location'
ORDER BY practice_id, location_id, kpi, calendar, period_start
