-- Who only sells goods, takes tips or rings up, such as a front desk, needs no counterpart on the schedule: no
-- service is credited to the id. Where no line names who performs a service, whoever sells may be a provider.
SELECT practice_id, value FROM identity_uses WHERE kind = 'provider' AND side = 'sales'
EXCEPT SELECT practice_id, value FROM identity_uses WHERE kind = 'provider' AND side IN ('schedule', 'timecards')
EXCEPT SELECT practice_id, provider_id FROM sale_lines WHERE kind = 'service'
EXCEPT (
  SELECT practice_id, unnest([provider_id, seller_id])
  FROM sale_lines
  WHERE kind IN ('service', 'retail') AND practice_id NOT IN (
    SELECT practice_id FROM sale_lines WHERE kind = 'service' AND provider_id IS NOT NULL)
)
