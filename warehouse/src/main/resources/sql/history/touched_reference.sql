-- Newly known files of one source whose reference rows differ from what was known before.
INSERT INTO touched
WITH files AS (
  SELECT * FROM (VALUES ${files})
    f(source_file_id, is_new, delivery_order, sign, replaces)
), former AS (
  SELECT r.*
  FROM ${former} r
  JOIN files f ON f.source_file_id = r.source_file_id AND NOT f.is_new
  QUALIFY row_number() OVER (
    PARTITION BY ${key} ORDER BY f.sign * f.delivery_order DESC, f.sign * r.source_line DESC) = 1
), fresh AS (
  SELECT r.* FROM ${fresh} r
)
SELECT DISTINCT ${base}, r.source_file_id, ${table}, ${practice}, NULL, NULL
FROM fresh r
LEFT JOIN former a ON ${same_key}
WHERE a.source_file_id IS NULL OR ${differs}
UNION
SELECT DISTINCT ${base}, f.source_file_id, ${table}, ${practice}, NULL, NULL
FROM former a
JOIN files f ON f.is_new AND f.replaces = a.source_file_id
WHERE NOT EXISTS (SELECT 1 FROM fresh r WHERE r.source_file_id = f.source_file_id AND ${same_key})
