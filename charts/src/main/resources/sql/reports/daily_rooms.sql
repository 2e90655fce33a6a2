SELECT coalesce(r.name, d.room_id) AS name, d.rows_booked, d.open_minutes, d.booked_minutes
FROM flash_today_rooms d
LEFT JOIN rooms r USING (practice_id, location_id, room_id)
WHERE d.practice_id = $1 AND d.location_id = $2
ORDER BY name, d.room_id
