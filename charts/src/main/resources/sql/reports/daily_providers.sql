SELECT d.provider_id, p.name, d.rows_booked, d.bookable_minutes, d.booked_minutes
FROM flash_today_providers d
LEFT JOIN providers p USING (practice_id, provider_id)
WHERE d.practice_id = $1 AND d.location_id = $2
ORDER BY d.provider_id = 'unattributed', coalesce(p.name, d.provider_id), d.provider_id
