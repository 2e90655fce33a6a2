-- How much cash must be in the drawer of each day?
SELECT location_id, CAST(date AS VARCHAR), sum(paid_cash)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, CAST(day AS VARCHAR), sum(amount)
FROM current_payments
WHERE NOT is_gone AND day < DATE '2026-04-13' AND tender = 'cash'
GROUP BY ALL
HAVING sum(amount) <> 0
ORDER BY ALL
