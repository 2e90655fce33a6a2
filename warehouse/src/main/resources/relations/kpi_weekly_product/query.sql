SELECT *, member_id AS product_id FROM kpi_rows WHERE grain = 'product'
ORDER BY practice_id, location_id, member_id, kpi, week_start
