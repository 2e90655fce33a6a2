WITH pieces AS (
  SELECT
    h.*, lag(h.until_at) OVER (
      PARTITION BY h.practice_id, h.location_id, h.provider_id ORDER BY h.from_at)
      IS DISTINCT FROM h.from_at AS is_new
  FROM flash_hours h
  CROSS JOIN computed c
  WHERE h.date = c.as_of AND NOT h.is_booked
), joined AS (
  SELECT *, count(*) FILTER (is_new) OVER (
    PARTITION BY practice_id, location_id, provider_id ORDER BY from_at) AS place
  FROM pieces
), free AS (
  SELECT
    practice_id, location_id, provider_id, min(from_at) AS from_at, max(until_at) AS until_at,
    sum(seconds) AS seconds
  FROM joined
  GROUP BY practice_id, location_id, provider_id, place
), performed AS (
  SELECT
    a.practice_id, a.location_id, a.provider_id, a.service_id,
    (epoch_us(a.end_at) - epoch_us(a.start_at)) // 1000000 AS seconds
  FROM appointments a
  CROSS JOIN computed c
  WHERE a.local_date BETWEEN c.as_of - 91 AND c.as_of - 1 AND a.service_id IS NOT NULL
    AND a.status IN ('arrived', 'completed')
), usual AS (
  SELECT
    practice_id, location_id, provider_id, service_id, count(*) AS times,
    median(seconds) AS seconds
  FROM performed
  WHERE provider_id IS NOT NULL
  GROUP BY ALL
  HAVING count(*) >= 5
), usual_here AS (
  SELECT practice_id, location_id, service_id, count(*) AS times, median(seconds) AS seconds
  FROM performed
  GROUP BY ALL
  HAVING count(*) >= 5
), offered AS (
  SELECT f.provider_id, f.practice_id, f.location_id, u.service_id, u.times, u.seconds
  FROM (SELECT DISTINCT practice_id, location_id, provider_id FROM free) f
  JOIN usual u USING (practice_id, location_id, provider_id)
  UNION ALL BY NAME
  SELECT f.provider_id, f.practice_id, f.location_id, u.service_id, u.times, u.seconds
  FROM (SELECT DISTINCT practice_id, location_id, provider_id FROM free) f
  ANTI JOIN usual o
    ON o.practice_id = f.practice_id AND o.location_id = f.location_id
    AND o.provider_id = f.provider_id
  JOIN usual_here u ON u.practice_id = f.practice_id AND u.location_id = f.location_id
), fitting AS (
  SELECT
    f.practice_id, f.location_id, f.provider_id, f.from_at, f.until_at, f.seconds AS free_seconds,
    o.service_id, o.seconds AS service_seconds
  FROM free f
  JOIN offered o USING (practice_id, location_id, provider_id)
  WHERE o.seconds <= f.seconds
  QUALIFY row_number() OVER (
    PARTITION BY f.practice_id, f.location_id, f.provider_id, f.from_at
    ORDER BY o.times DESC, o.service_id) = 1
)
SELECT
  f.practice_id, f.location_id, f.provider_id,
  CAST(timezone(l.time_zone, f.from_at) AS TIME) AS from_time,
  CAST(timezone(l.time_zone, f.until_at) AS TIME) AS until_time,
  CAST(f.free_seconds AS DECIMAL(38, 0)) / 60 AS free_minutes, f.service_id,
  CAST(f.service_seconds AS DOUBLE) / 60 AS service_minutes,
  CAST(f.free_seconds AS DOUBLE) / 3600 * t.net_per_treated_hour AS worth
FROM fitting f
JOIN locations l USING (practice_id, location_id)
JOIN flash_today t USING (practice_id, location_id)
ORDER BY f.practice_id, f.location_id, f.provider_id, f.from_at
