-- One statement for each stored table that reads every value of it.
SELECT 'SELECT CAST(coalesce(bit_xor(hash(t)), 0) AS VARCHAR) AS value FROM "' || table_name || '" AS t' AS value
FROM information_schema.tables
WHERE table_type = 'BASE TABLE'
ORDER BY table_name
