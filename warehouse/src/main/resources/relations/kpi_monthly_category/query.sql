SELECT *, member_id AS category FROM kpi_monthly_rows WHERE grain = 'category'
ORDER BY practice_id, location_id, member_id, kpi, calendar, period_start
