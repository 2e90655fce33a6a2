SELECT DISTINCT practice_id, location_id, tender
FROM payment_settlements
WHERE payout_id IS NOT NULL OR deposited_on IS NOT NULL
ORDER BY ALL
