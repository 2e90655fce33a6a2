WITH held AS (
  SELECT
    m.practice_id, m.location_id, m.local_date AS began, m.ended_on, m.paused_on, m.resumes_on, m.status,
    -- A membership that names nobody is a client of its own.
    coalesce(m.client_key, 'membership:' || m.membership_id) AS client,
    CASE m.period
      WHEN 'month' THEN m.price
      WHEN 'week' THEN CAST(m.price * 52 / 12 AS DECIMAL(18, 4))
      WHEN 'quarter' THEN CAST(m.price / 3 AS DECIMAL(18, 4))
      WHEN 'year' THEN CAST(m.price / 12 AS DECIMAL(18, 4))
      WHEN 'once' THEN 0 END AS mrr
  FROM memberships m
  JOIN locations l USING (practice_id, location_id)
  WHERE m.ended_on IS NULL OR m.ended_on > m.local_date
), places AS (
  SELECT practice_id, location_id, min(began) AS first_began FROM held GROUP BY ALL
), moments AS (
  SELECT calendar, period_start, unnest([
    {'moment': 'before', 'day': first_day - 1}, {'moment': 'first', 'day': first_day},
    {'moment': 'last', 'day': last_day}], recursive := true)
  FROM periods
), states AS (
  SELECT
    h.practice_id, h.location_id, d.calendar, d.period_start, d.moment, h.client,
    bool_or(NOT is_paused) AS is_member,
    coalesce(sum(h.mrr) FILTER (NOT is_paused), 0) AS mrr,
    count(*) FILTER (NOT is_paused AND h.mrr IS NULL) AS without_price,
    bool_or(NOT is_paused AND h.status = 'past_due') AS is_past_due
  FROM moments d
  JOIN held h
    ON h.began <= d.day AND (h.ended_on IS NULL OR h.ended_on > d.day)
  CROSS JOIN LATERAL (SELECT
    coalesce(h.paused_on <= d.day AND (h.resumes_on IS NULL OR h.resumes_on > d.day), false)
      AS is_paused) p
  GROUP BY ALL
), clients AS (
  SELECT
    practice_id, location_id, calendar, period_start, client,
    bool_or(is_member) FILTER (moment = 'before') AS was,
    bool_or(is_member) FILTER (moment = 'first') AS began,
    bool_or(is_member) FILTER (moment = 'last') AS is_now,
    coalesce(sum(mrr) FILTER (moment = 'first'), 0) AS first_mrr,
    coalesce(sum(mrr) FILTER (moment = 'last'), 0) AS mrr,
    coalesce(sum(without_price) FILTER (moment = 'last'), 0) AS without_price,
    bool_or(is_past_due) FILTER (moment = 'last') AS is_past_due
  FROM states
  GROUP BY ALL
), counted AS (
  -- NULL is neither a member nor paused, false is paused.
  SELECT
    practice_id, location_id, calendar, period_start,
    count(*) FILTER (was) AS opening,
    count(*) FILTER (is_now AND was IS NULL) AS joined,
    count(*) FILTER (is_now AND NOT was) AS resumed,
    count(*) FILTER (was AND NOT is_now) AS paused,
    count(*) FILTER (was AND is_now IS NULL) AS lost,
    count(*) FILTER (is_now) AS closing,
    count(*) FILTER (NOT is_now) AS paused_at_end,
    count(*) FILTER (is_now AND is_past_due) AS past_due,
    count(*) FILTER (began) AS first_day_members,
    count(*) FILTER (began AND is_now IS NULL) AS churned,
    sum(mrr) AS mrr, sum(first_mrr) AS first_day_mrr,
    coalesce(sum(first_mrr) FILTER (began AND is_now IS NULL), 0) AS churned_mrr,
    sum(without_price) AS without_price
  FROM clients
  GROUP BY ALL
), moved AS (
  SELECT
    h.practice_id, h.location_id, p.calendar, p.period_start,
    count(*) FILTER (h.began BETWEEN p.first_day AND p.last_day) AS sold,
    count(*) FILTER (h.ended_on BETWEEN p.first_day AND p.last_day) AS cancelled
  FROM held h
  JOIN periods p ON h.began <= p.last_day
  GROUP BY ALL
)
SELECT
  l.practice_id, l.location_id, p.calendar, p.period_start, p.is_whole,
  coalesce(c.opening, 0) AS opening, coalesce(c.joined, 0) AS joined,
  coalesce(c.resumed, 0) AS resumed, coalesce(c.paused, 0) AS paused, coalesce(c.lost, 0) AS lost,
  coalesce(c.closing, 0) AS closing, coalesce(c.closing - c.opening, 0) AS net_change,
  coalesce(c.paused_at_end, 0) AS paused_at_end,
  CASE WHEN p.last_day = e.last_week + 6 THEN coalesce(c.past_due, 0) END AS past_due_at_end,
  coalesce(m.cancelled, 0) AS cancelled, coalesce(m.sold, 0) AS sold,
  coalesce(c.first_day_members, 0) AS first_day_members, coalesce(c.churned, 0) AS churned,
  c.churned / nullif(c.first_day_members, 0) AS churn,
  coalesce(c.mrr, 0) AS mrr, coalesce(c.first_day_mrr, 0) AS first_day_mrr,
  coalesce(c.churned_mrr, 0) AS churned_mrr,
  CAST(c.churned_mrr AS DOUBLE) / nullif(CAST(c.first_day_mrr AS DOUBLE), 0) AS mrr_churn,
  coalesce(c.without_price, 0) AS without_price
FROM places l
JOIN periods p ON p.last_day >= l.first_began
CROSS JOIN computed e
LEFT JOIN counted c USING (practice_id, location_id, calendar, period_start)
LEFT JOIN moved m USING (practice_id, location_id, calendar, period_start)
ORDER BY practice_id, location_id, calendar, period_start
