-- Counts that set nothing, because they fit another unit of their product; the newest first.
SELECT m.practice_id, m.location_id, coalesce(p.name, m.product_id) AS product, count(*) AS counts, max(m.date) AS newest_on
FROM stock_unit_mismatches m
LEFT JOIN products p ON p.practice_id = m.practice_id AND p.product_id = m.product_id
WHERE m.practice_id = ANY($1)
GROUP BY ALL
ORDER BY newest_on DESC, location_id, product
