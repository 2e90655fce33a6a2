-- What was paid on receipts that nobody delivered?
SELECT location_id, sum(paid_without_receipt)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, sum(amount)
FROM current_payments p
WHERE NOT is_gone AND day < DATE '2026-04-13' AND NOT EXISTS (FROM current_sale_lines s
WHERE s.location_id = p.location_id AND s.sale_id = p.sale_id AND NOT s.is_gone)
GROUP BY ALL
HAVING sum(amount) <> 0
ORDER BY ALL
