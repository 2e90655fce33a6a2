-- What was paid back, in which tender?
SELECT location_id, tender, sum(payments), sum(amount)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, tender, count(*), sum(amount)
FROM current_payments
WHERE NOT is_gone AND day < DATE '2026-04-13' AND amount < 0
GROUP BY ALL
ORDER BY ALL
