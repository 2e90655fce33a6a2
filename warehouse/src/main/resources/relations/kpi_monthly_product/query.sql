SELECT *, member_id AS product_id FROM kpi_monthly_rows WHERE grain = 'product'
ORDER BY practice_id, location_id, member_id, kpi, calendar, period_start
