-- Without rows, none of less than five clients: what a single client spent is a row of a client. Channels
-- with less are told together as other, where they and a channel of that name have five.
WITH shown AS (
  SELECT
    c.* REPLACE (
      CASE
        WHEN a.detail = 'aggregates' AND c.clients < 5 THEN 'other' ELSE c.acquisition_channel
      END AS acquisition_channel),
    a.detail
  FROM published.clients_by_channel c
  JOIN audience a USING (practice_id)
)
SELECT
  practice_id, acquisition_channel, horizon_days, sum(clients) AS clients,
  min(first_cohort_date) AS first_cohort_date, max(last_cohort_date) AS last_cohort_date,
  sum(net_revenue) AS net_revenue,
  CAST(sum(net_revenue) AS DOUBLE) / sum(clients) AS net_revenue_per_client,
  sum(clients) >= 20 AS is_stable
FROM shown
GROUP BY practice_id, acquisition_channel, horizon_days, detail
HAVING detail = 'rows' OR sum(clients) >= 5
