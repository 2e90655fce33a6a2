SELECT *, member_id AS provider_id FROM kpi_rows WHERE grain = 'provider'
ORDER BY practice_id, location_id, member_id, kpi, week_start
