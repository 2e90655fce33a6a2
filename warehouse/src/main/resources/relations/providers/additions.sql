-- A fact may name one that no reference export describes: it gets a row under its id, so that no join
-- loses a fact.
SELECT practice_id, provider_id,
  CASE provider_id WHEN 'unattributed' THEN 'Nobody named' ELSE provider_id END AS name
FROM (
  SELECT practice_id, provider_id FROM appointments
  UNION SELECT practice_id, provider_id FROM shifts
  UNION SELECT practice_id, provider_id FROM timecards
  UNION SELECT practice_id, provider_id FROM sale_lines
  UNION SELECT practice_id, seller_id FROM sale_lines
  UNION SELECT practice_id, member_id FROM measures_weekly WHERE grain = 'provider'
) named
ANTI JOIN providers USING (practice_id, provider_id)
WHERE provider_id IS NOT NULL
ORDER BY ALL
