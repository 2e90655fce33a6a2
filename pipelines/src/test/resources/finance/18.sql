-- What must the card processor pay out, before its fees?
SELECT location_id, sum(paid_card), sum(paid_financing)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, coalesce(sum(amount) FILTER (tender = 'card'), 0), coalesce(sum(amount) FILTER (tender = 'financing'), 0)
FROM current_payments
WHERE NOT is_gone AND day < DATE '2026-04-13'
GROUP BY ALL
ORDER BY ALL
