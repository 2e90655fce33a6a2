SELECT *, member_id AS provider_id FROM kpi_monthly_rows WHERE grain = 'provider'
ORDER BY practice_id, location_id, member_id, kpi, calendar, period_start
