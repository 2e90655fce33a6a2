SELECT *, member_id AS category FROM kpi_rows WHERE grain = 'category'
ORDER BY practice_id, location_id, member_id, kpi, week_start
