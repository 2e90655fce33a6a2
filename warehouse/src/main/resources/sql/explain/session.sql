-- What the statements of this directory share: how figures read in words, and the rows of the asked
-- location before the as-of. Asked is by variables: practice_id, location_id, week_start, week_end
-- (its last day), week_from and week_until (the instants at which it begins and ends in the
-- location's zone), as_of, and one of provider_id, room_id, category, product_id or none of them.
CREATE OR REPLACE TEMP MACRO plain(x) AS regexp_replace(CAST(x AS VARCHAR), '\.?0+$', '');
CREATE OR REPLACE TEMP MACRO cents(x) AS
  CASE WHEN x = CAST(x AS DECIMAL(38, 2)) THEN CAST(CAST(x AS DECIMAL(38, 2)) AS VARCHAR)
  ELSE plain(x) END;
CREATE OR REPLACE TEMP MACRO minutes(micros) AS plain(CAST(micros / 60000000 AS DECIMAL(18, 2)));
-- Exactly: DECIMAL ÷ DECIMAL would be a DOUBLE.
CREATE OR REPLACE TEMP MACRO seconds(micros) AS
  CAST(CAST(micros AS DECIMAL(28, 0)) * CAST(0.000001 AS DECIMAL(7, 6)) AS DECIMAL(38, 10));
CREATE OR REPLACE TEMP MACRO clock(instant, zone) AS strftime(timezone(zone, instant), '%H:%M');
CREATE OR REPLACE TEMP MACRO span(first_instant, last_instant, zone) AS
  clock(first_instant, zone) || '–' || clock(last_instant, zone);
CREATE OR REPLACE TEMP MACRO is_asked_week(day) AS
  day BETWEEN getvariable('week_start') AND getvariable('week_end');
CREATE OR REPLACE TEMP MACRO is_asked(asked, id) AS asked IS NULL OR id = asked;

-- All appointments of the asked practice, of any day, with the outcome of each row, its rank (of the
-- rows of a visit the lowest decides) and the visit they belong to within their location.
CREATE OR REPLACE TEMP VIEW practice_appointments AS
WITH placed AS (
  SELECT a.*, l.time_zone, coalesce(s.category, 'uncategorised') AS category,
    CASE
      WHEN a.status IN ('arrived', 'completed') THEN 'attended'
      WHEN a.status = 'no_show' THEN 'no_show'
      WHEN a.status = 'cancelled'
        AND epoch_us(a.start_at) - epoch_us(a.cancelled_at) < l.notice_hours * 3600000000
        THEN 'late_cancelled'
      WHEN a.status IN ('booked', 'confirmed') THEN 'unresolved'
      WHEN a.status = 'cancelled' THEN 'cancelled'
      ELSE 'deleted'
    END AS outcome,
    CASE
      WHEN a.visit_id IS NOT NULL THEN 'visit ' || a.visit_id
      WHEN a.client_key IS NOT NULL THEN 'client ' || a.client_key || ' ' || a.local_date
      ELSE 'appointment ' || a.appointment_id
    END AS visit_key
  FROM appointments a
  JOIN locations l USING (practice_id, location_id)
  LEFT JOIN services s USING (practice_id, service_id)
  WHERE a.practice_id = getvariable('practice_id')
)
SELECT *,
  list_position(
    ['attended', 'no_show', 'late_cancelled', 'unresolved', 'cancelled', 'deleted'], outcome)
    AS outcome_rank
FROM placed;

CREATE OR REPLACE TEMP VIEW asked_appointments AS
SELECT * FROM practice_appointments
WHERE location_id = getvariable('location_id') AND local_date < getvariable('as_of')
  AND is_asked(getvariable('provider_id'), coalesce(provider_id, 'unattributed'))
  AND is_asked(getvariable('room_id'), room_id)
  AND is_asked(getvariable('category'), category);

-- The visits of the week, formed from the asked rows alone. A visit belongs to the week of its
-- earliest row, and counts at the first of the rows that decide its outcome.
CREATE OR REPLACE TEMP VIEW asked_visits AS
SELECT visit_key, min(local_date) AS visit_date, min(client_key) AS visit_client,
  first(outcome ORDER BY outcome_rank, start_at, appointment_id) AS visit_outcome,
  first(appointment_id ORDER BY outcome_rank, start_at, appointment_id) AS deciding_id
FROM asked_appointments
GROUP BY visit_key
HAVING is_asked_week(min(local_date));

-- The earliest attended appointments of each client in the practice; several that start at once.
CREATE OR REPLACE TEMP VIEW first_appointments AS
SELECT * FROM practice_appointments
WHERE outcome = 'attended' AND client_key IS NOT NULL AND local_date < getvariable('as_of')
QUALIFY start_at = min(start_at) OVER (PARTITION BY client_key);

-- Movements and counts of the asked location to the end of the week, in the order in which they
-- happened, with the product's cost on their day as an exact fraction: of what was paid for all
-- receipts to the end of the day, else the product's own cost.
CREATE OR REPLACE TEMP VIEW asked_stock AS
WITH events AS (
  SELECT 'stock_movements' AS table_name, movement_id AS record_id, practice_id, product_id, kind,
    lot, moved_at AS happened_at, local_date, quantity, unit_cost, freight_amount, is_expedited,
    source_file_id, source_line
  FROM stock_movements
  WHERE practice_id = getvariable('practice_id') AND location_id = getvariable('location_id')
    AND local_date <= getvariable('week_end')
  UNION ALL
  SELECT 'stock_counts', count_id, practice_id, product_id, 'count', lot, counted_at, local_date,
    quantity, NULL, NULL, NULL, source_file_id, source_line
  FROM stock_counts
  WHERE practice_id = getvariable('practice_id') AND location_id = getvariable('location_id')
    AND local_date <= getvariable('week_end')
), received AS (
  SELECT *,
    sum(quantity) FILTER (kind = 'receipt' AND unit_cost IS NOT NULL) OVER to_day AS units,
    sum(quantity * unit_cost) FILTER (kind = 'receipt') OVER to_day AS paid,
    row_number() OVER (
      PARTITION BY product_id
      ORDER BY happened_at, kind = 'count', kind = 'count' AND lot IS NULL, record_id) AS place
  FROM events
  WINDOW to_day AS (
    PARTITION BY product_id ORDER BY local_date
    RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT r.* EXCLUDE (units, paid),
  coalesce(p.is_consignment, false) AS is_consignment,
  CASE WHEN coalesce(r.units, 0) = 0 THEN coalesce(p.unit_cost, 0) ELSE r.paid END AS cost_paid,
  CASE WHEN coalesce(r.units, 0) = 0 THEN 1 ELSE r.units END AS cost_units,
  place = max(place) OVER (PARTITION BY r.product_id, r.local_date) AS is_last_of_day
FROM received r
LEFT JOIN products p USING (practice_id, product_id);

-- The 91 days to the week's end, or those of them with history: from the location's first movement
-- or count of any product.
CREATE OR REPLACE TEMP VIEW stock_range AS
SELECT
  greatest(min(local_date), getvariable('week_end') - 90) AS first_day,
  least(91, getvariable('week_end') - min(local_date) + 1) AS days
FROM asked_stock;

-- Lines credited to who performed them, retail to who sold it; only services have a category.
CREATE OR REPLACE TEMP VIEW asked_sale_lines AS
WITH credited AS (
  SELECT t.*,
    CASE kind WHEN 'service' THEN coalesce(s.category, 'uncategorised') END AS category,
    sale_id || '/' || line_id AS record_id,
    coalesce(CASE kind WHEN 'retail' THEN seller_id ELSE provider_id END, 'unattributed')
      AS credited_id
  FROM sale_lines t
  LEFT JOIN services s USING (practice_id, service_id)
  WHERE t.practice_id = getvariable('practice_id') AND t.location_id = getvariable('location_id')
    AND t.local_date < getvariable('as_of')
)
SELECT * FROM credited
WHERE is_asked(getvariable('provider_id'), credited_id)
  AND is_asked(getvariable('category'), category);
