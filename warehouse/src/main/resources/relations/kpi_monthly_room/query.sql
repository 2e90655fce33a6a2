SELECT *, member_id AS room_id FROM kpi_monthly_rows WHERE grain = 'room'
ORDER BY practice_id, location_id, member_id, kpi, calendar, period_start
