SELECT *, member_id AS region FROM kpi_rows WHERE grain = 'region'
ORDER BY practice_id, member_id, kpi, week_start
