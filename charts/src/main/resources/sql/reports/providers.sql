SELECT provider_id, name, role
FROM providers
WHERE practice_id = $1
ORDER BY name, provider_id
