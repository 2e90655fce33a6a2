SELECT practice_id, name, currency
FROM practices
ORDER BY practice_id
