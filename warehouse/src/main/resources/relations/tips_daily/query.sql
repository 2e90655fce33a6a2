SELECT
  s.practice_id, s.location_id, s.local_date AS date,
  coalesce(s.provider_id, s.seller_id, 'unattributed') AS provider_id,
  coalesce(sum(s.net_amount) FILTER (s.net_amount >= 0), 0) AS tips,
  coalesce(sum(s.net_amount) FILTER (s.net_amount < 0), 0) AS tips_returned,
  count(*) AS lines
FROM sale_lines s
JOIN locations l USING (practice_id, location_id)
JOIN period_days p ON p.date = s.local_date AND p.calendar = 'day'
WHERE s.kind = 'tip'
GROUP BY ALL
ORDER BY ALL
