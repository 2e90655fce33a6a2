SELECT 'all' AS peer_group, practice_id, location_id FROM locations
UNION ALL
SELECT 'region:' || region, practice_id, location_id FROM locations WHERE region IS NOT NULL
UNION ALL
SELECT 'group:' || peer_group, practice_id, location_id FROM peer_groups
