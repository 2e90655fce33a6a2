-- Revenue of the providers, the unattributed one included, is that of the location, to the cent.
SELECT practice_id, location_id, week_start, measure
FROM measures_weekly
WHERE measure IN ('net_service', 'net_retail', 'net_fee')
GROUP BY ALL
HAVING coalesce(sum(amount) FILTER (grain = 'location'), 0)
  <> coalesce(sum(amount) FILTER (grain = 'provider'), 0)
ORDER BY ALL
