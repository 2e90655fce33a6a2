SELECT reason
FROM lists_unavailable
WHERE practice_id = $1 AND location_id = $2 AND list = 'stock_at_risk'
