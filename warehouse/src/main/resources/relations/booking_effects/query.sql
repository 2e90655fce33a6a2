-- Mantel–Haenszel risk ratio of no-shows over strata of lead time, with the variance of its logarithm
-- after Greenland and Robins (1985). It says what goes together, not what causes what: clients who
-- book online differ from those who call.
WITH ranked AS (
  SELECT
    a.practice_id, a.location_id, a.appointment_id, a.local_date, a.start_at, a.booked_at,
    a.booking_channel, a.visit_id,
    CASE WHEN a.visit_id IS NULL THEN a.client_key END AS client_key,
    CASE WHEN a.visit_id IS NULL AND a.client_key IS NOT NULL THEN a.local_date END AS client_day,
    CASE WHEN a.visit_id IS NULL AND a.client_key IS NULL THEN a.appointment_id END AS single_row,
    outcome_rank(a.status, a.start_at, a.cancelled_at, l.notice_hours) AS outcome,
    a.status <> 'deleted' AND a.reminder_sent_at < a.start_at AS is_reminded,
    l.time_zone
  FROM appointments a
  JOIN locations l USING (practice_id, location_id)
  CROSS JOIN computed c
  WHERE a.local_date < c.as_of
), visits_formed AS (
  -- Channel and time of booking are those of the first row that has the visit's outcome.
  SELECT
    practice_id, location_id, time_zone, min(local_date) AS visit_date, min(outcome) AS outcome,
    bool_or(coalesce(is_reminded, false)) AS is_reminded,
    arg_min(
      {'channel': booking_channel, 'booked_at': booked_at, 'start_at': start_at, 'day': local_date},
      {'outcome': outcome, 'start_at': start_at, 'id': appointment_id}) AS booking
  FROM ranked
  GROUP BY practice_id, location_id, time_zone, visit_id, client_key, client_day, single_row
), due AS (
  SELECT
    v.practice_id, v.location_id, v.outcome = 2 AS is_no_show, v.is_reminded, v.booking.channel,
    epoch_us(v.booking.start_at) - epoch_us(v.booking.booked_at) >= 48 * 3600000000
      AS is_booked_ahead,
    v.booking.day - CAST(timezone(v.time_zone, v.booking.booked_at) AS DATE) AS lead_days
  FROM visits_formed v
  CROSS JOIN computed c
  WHERE v.outcome <= 3 AND v.visit_date BETWEEN c.last_week - 175 AND c.last_week + 6
    AND v.booking.booked_at IS NOT NULL
), arms AS (
  SELECT
    practice_id, location_id, 'online_booking' AS effect, channel <> 'phone' AS is_exposed,
    lead_days, is_no_show
  FROM due
  WHERE channel IN ('online', 'app', 'phone')
  UNION ALL
  SELECT practice_id, location_id, 'reminder', is_reminded, lead_days, is_no_show
  FROM due
  WHERE is_booked_ahead
), strata AS (
  -- A stratum with one arm only compares nothing.
  SELECT
    practice_id, location_id, effect,
    CASE WHEN lead_days <= 1 THEN 1 WHEN lead_days <= 7 THEN 2 WHEN lead_days <= 30 THEN 3 ELSE 4 END
      AS stratum,
    CAST(count(*) FILTER (is_exposed AND is_no_show) AS DOUBLE) AS a,
    CAST(count(*) FILTER (is_exposed) AS DOUBLE) AS n1,
    CAST(count(*) FILTER (NOT is_exposed AND is_no_show) AS DOUBLE) AS b,
    CAST(count(*) FILTER (NOT is_exposed) AS DOUBLE) AS n0
  FROM arms
  GROUP BY ALL
  HAVING count(*) FILTER (is_exposed) > 0 AND count(*) FILTER (NOT is_exposed) > 0
), sums AS (
  -- Added in order, so that the same rows give the same last digit.
  SELECT
    practice_id, location_id, effect, count(*) AS strata,
    sum(n1) AS exposed_due, sum(a) AS exposed_no_shows,
    sum(n0) AS reference_due, sum(b) AS reference_no_shows,
    sum(a * n0 / (n1 + n0) ORDER BY stratum) AS r,
    sum(b * n1 / (n1 + n0) ORDER BY stratum) AS s,
    sum(((a + b) * n1 * n0 - a * b * (n1 + n0)) / ((n1 + n0) * (n1 + n0)) ORDER BY stratum) AS p
  FROM strata
  GROUP BY ALL
), asked AS (
  SELECT l.practice_id, l.location_id, e.*
  FROM locations l
  CROSS JOIN (VALUES
    ('online_booking', 'booked online or by app', 'booked by phone'),
    ('reminder', 'reminded', 'not reminded')) e (effect, exposed, reference)
), judged AS (
  SELECT
    k.*, coalesce(CAST(s.strata AS INTEGER), 0) AS strata,
    coalesce(CAST(s.exposed_due AS BIGINT), 0) AS exposed_due,
    coalesce(CAST(s.exposed_no_shows AS BIGINT), 0) AS exposed_no_shows,
    coalesce(CAST(s.reference_due AS BIGINT), 0) AS reference_due,
    coalesce(CAST(s.reference_no_shows AS BIGINT), 0) AS reference_no_shows,
    s.r, s.s, s.p
  FROM asked k
  LEFT JOIN sums s USING (practice_id, location_id, effect)
), reasoned AS (
  SELECT
    *,
    CASE
      WHEN exposed_due < 20
        THEN 'only ' || exposed_due || ' comparable visits due ' || exposed || ', 20 are needed'
      WHEN reference_due < 20
        THEN 'only ' || reference_due || ' comparable visits due ' || reference || ', 20 are needed'
      WHEN exposed_no_shows = 0 THEN 'no no-show among those ' || exposed
      WHEN reference_no_shows = 0 THEN 'no no-show among those ' || reference
    END AS withheld_reason
  FROM judged
)
SELECT
  r.practice_id, r.location_id, r.effect, c.last_week AS week_start, r.exposed, r.reference,
  'association' AS interpretation, r.strata,
  r.exposed_due, r.exposed_no_shows, r.reference_due, r.reference_no_shows,
  CASE WHEN r.withheld_reason IS NULL THEN r.r / r.s END AS risk_ratio,
  CASE WHEN r.withheld_reason IS NULL THEN exp(ln(r.r / r.s) - 1.959963984540054 * sqrt(r.p / (r.r * r.s))) END
    AS lower_95,
  CASE WHEN r.withheld_reason IS NULL THEN exp(ln(r.r / r.s) + 1.959963984540054 * sqrt(r.p / (r.r * r.s))) END
    AS upper_95,
  r.withheld_reason
FROM reasoned r
CROSS JOIN computed c
ORDER BY r.practice_id, r.location_id, r.effect
