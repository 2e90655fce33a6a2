-- What a client has brought by 90, 180 and 365 days after the first visit or sale. Only clients whose
-- whole horizon is over before the as-of, and whose first day lies where the practice's sales are
-- known: of an older client the first days' revenue is missing.
WITH history AS (
  SELECT practice_id, min(local_date) AS first_date
  FROM sale_lines
  WHERE kind IN ('service', 'retail', 'fee')
  GROUP BY ALL
), seen AS (
  SELECT a.practice_id, a.client_key, min(a.local_date) AS first_date
  FROM appointments a
  CROSS JOIN computed c
  WHERE a.status IN ('arrived', 'completed') AND a.local_date < c.as_of
    AND a.client_key IS NOT NULL
  GROUP BY ALL
  UNION ALL
  SELECT s.practice_id, s.client_key, min(s.local_date) AS first_date
  FROM sale_lines s
  CROSS JOIN computed c
  WHERE s.kind IN ('service', 'retail', 'fee') AND s.quantity > 0 AND s.local_date < c.as_of
    AND s.client_key IS NOT NULL
  GROUP BY ALL
), firsts AS (
  SELECT
    s.practice_id, s.client_key,
    coalesce(nullif(trim(any_value(k.acquisition_channel)), ''), 'unknown') AS acquisition_channel,
    least(min(s.first_date), any_value(k.first_seen_on)) AS first_date
  FROM seen s
  LEFT JOIN clients k USING (practice_id, client_key)
  GROUP BY ALL
), cohort AS (
  SELECT f.*, h.horizon_days, f.first_date + h.horizon_days AS last_date
  FROM firsts f
  JOIN history USING (practice_id)
  CROSS JOIN computed c
  CROSS JOIN (VALUES (90), (180), (365)) h (horizon_days)
  WHERE f.first_date >= history.first_date AND f.first_date + h.horizon_days < c.as_of
), daily AS (
  SELECT practice_id, client_key, local_date, sum(net_amount) AS net
  FROM sale_lines
  WHERE kind IN ('service', 'retail', 'fee') AND client_key IS NOT NULL
  GROUP BY ALL
), revenue AS (
  SELECT c.practice_id, c.acquisition_channel, c.horizon_days, sum(d.net) AS net_revenue
  FROM cohort c
  JOIN daily d
    ON d.practice_id = c.practice_id AND d.client_key = c.client_key
    AND d.local_date BETWEEN c.first_date AND c.last_date
  GROUP BY ALL
), counted AS (
  SELECT
    practice_id, acquisition_channel, horizon_days, count(*) AS clients,
    min(first_date) AS first_cohort_date, max(first_date) AS last_cohort_date
  FROM cohort
  GROUP BY ALL
)
SELECT
  n.practice_id, n.acquisition_channel, n.horizon_days, n.clients,
  n.first_cohort_date, n.last_cohort_date,
  coalesce(r.net_revenue, 0) AS net_revenue,
  CAST(coalesce(r.net_revenue, 0) AS DOUBLE) / n.clients AS net_revenue_per_client,
  n.clients >= 20 AS is_stable
FROM counted n
LEFT JOIN revenue r USING (practice_id, acquisition_channel, horizon_days)
ORDER BY n.practice_id, n.acquisition_channel, n.horizon_days
