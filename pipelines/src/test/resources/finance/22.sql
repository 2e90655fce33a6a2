-- What was redeemed of what had been sold in advance, by month?
SELECT location_id, sum(redeemed_gift_card), sum(redeemed_package), sum(redeemed_membership), sum(redeemed_account_credit)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, coalesce(sum(amount) FILTER (tender = 'gift_card'), 0), coalesce(sum(amount) FILTER (tender = 'package'), 0), coalesce(sum(amount) FILTER (tender = 'membership'), 0), coalesce(sum(amount) FILTER (tender = 'account_credit'), 0)
FROM current_payments
WHERE NOT is_gone AND day < DATE '2026-04-13'
GROUP BY ALL
ORDER BY ALL
