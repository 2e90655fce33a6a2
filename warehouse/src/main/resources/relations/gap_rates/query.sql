-- What turns a gap to the peers into money, per location and range: what an attended visit and a
-- treated hour bring, and the standard error of the ticket, from the sales visits themselves. Squares
-- are added as whole numbers, so that the same rows give the same last digit.
WITH totals AS (
  SELECT
    r.week_start, r.range_weeks, m.practice_id, m.location_id,
    coalesce(sum(amount) FILTER (measure = 'net_service'), 0) AS net_service,
    coalesce(sum(amount) FILTER (measure = 'visits_attended'), 0) AS visits_attended,
    coalesce(sum(amount) FILTER (measure = 'bookable_seconds'), 0) AS bookable,
    coalesce(sum(amount) FILTER (measure = 'kept_seconds'), 0) AS kept
  FROM benchmark_ranges r
  JOIN measures_weekly m ON m.week_start BETWEEN r.first_week AND r.week_start
  WHERE m.grain = 'location'
    AND m.measure IN ('net_service', 'visits_attended', 'bookable_seconds', 'kept_seconds')
  GROUP BY ALL
), tickets AS (
  SELECT
    practice_id, location_id, min(local_date) AS local_date,
    ten_thousandths(sum(net_amount)) AS net
  FROM sale_lines
  WHERE kind IN ('service', 'retail')
    AND local_date >= (SELECT min(first_week) FROM benchmark_ranges)
  GROUP BY practice_id, location_id, client_key,
    CASE WHEN client_key IS NULL THEN sale_id ELSE CAST(local_date AS VARCHAR) END
  HAVING max(quantity) > 0
), weekly_tickets AS (
  SELECT
    t.practice_id, t.location_id,
    week_of(t.local_date, c.last_week) AS week_start,
    count(*) AS visits, sum(net) AS net, sum(net * net) AS squares
  FROM tickets t
  CROSS JOIN computed c
  GROUP BY ALL
), spreads AS (
  SELECT
    r.week_start, r.range_weeks, t.practice_id, t.location_id, sum(t.visits) AS visits,
    sum(t.net) AS net, sum(t.squares) AS squares
  FROM benchmark_ranges r
  JOIN weekly_tickets t ON t.week_start BETWEEN r.first_week AND r.week_start
  GROUP BY ALL
)
SELECT
  t.week_start, t.range_weeks, t.practice_id, t.location_id,
  CAST(t.bookable AS DOUBLE) / 3600 AS bookable_hours,
  CASE WHEN t.visits_attended > 0 AND t.net_service <> 0
    THEN CAST(t.net_service AS DOUBLE) / CAST(t.visits_attended AS DOUBLE) END
    AS net_per_attended_visit,
  CASE WHEN t.kept > 0 AND t.net_service <> 0
    THEN CAST(t.net_service AS DOUBLE) / (CAST(t.kept AS DOUBLE) / 3600) END
    AS net_per_treated_hour,
  -- s ÷ √n with s² = (Σx² − (Σx)² ÷ n) ÷ (n − 1), in ten-thousandths.
  CASE WHEN s.visits > 1
    THEN sqrt(
      CAST(s.visits * s.squares - s.net * s.net AS DOUBLE) / s.visits / (s.visits - 1) / s.visits)
      / 10000 END AS ticket_error
FROM totals t
LEFT JOIN spreads s USING (week_start, range_weeks, practice_id, location_id)
