SELECT practice_id, provider_id, name, role
FROM providers
WHERE practice_id = ANY($1)
ORDER BY name, provider_id
