SELECT *, member_id AS room_id FROM kpi_rows WHERE grain = 'room'
ORDER BY practice_id, location_id, member_id, kpi, week_start
