-- Text becomes instants, numbers and days; ok says whether the contract accepts the row.

-- A local time that occurs twice is the first of the two; one that is skipped moves forward.
CREATE MACRO local_instant(local, zone) AS
  CASE WHEN timezone(zone, timezone(zone, local) - INTERVAL 1 HOUR) = local
    THEN timezone(zone, local) - INTERVAL 1 HOUR
    ELSE timezone(zone, local) END;

CREATE MACRO instant(text, zone) AS
  CASE WHEN regexp_matches(text, '([+-][0-9]{2}:[0-9]{2}|Z)$')
    THEN try_cast(text AS TIMESTAMPTZ)
    ELSE local_instant(try_cast(text AS TIMESTAMP), zone) END;

CREATE MACRO local_day(moment, zone) AS timezone(zone, moment)::DATE;

CREATE MACRO amount(text) AS
  CASE WHEN regexp_full_match(text, '-?[0-9]+([.][0-9]{1,4})?')
    THEN text::DECIMAL(18, 4) END;

-- An optional value is fine when it is missing or when it could be read.
CREATE MACRO readable(text, parsed) AS text IS NULL OR parsed IS NOT NULL;

-- The first day of the week that holds the day; weeks start on the configured weekday.
CREATE MACRO week_of(day) AS
  day - ((isodow(day) - (SELECT first_weekday FROM parameters) + 7) % 7)::INTEGER;

CREATE TABLE typed_appointments AS
WITH t AS (
  SELECT r.*, p.zone, p.notice_hours,
    instant(r.start_at, zone) AS starts, instant(r.end_at, zone) AS ends,
    instant(r.cancelled_at, zone) AS cancelled, instant(r.booked_at, zone) AS booked,
    instant(r.checked_in_at, zone) AS checked_in, instant(r.started_at, zone) AS started,
    instant(r.finished_at, zone) AS finished
  FROM raw_appointments r LEFT JOIN places p USING (practice_id, location_id))
SELECT practice_id, delivery, file_no, row_no, location_id, appointment_id, visit_id, client_id,
  provider_id, zone, notice_hours, status, starts AS start_at, ends AS end_at,
  cancelled AS cancelled_at, booked AS booked_at, checked_in AS checked_in_at,
  started AS started_at, finished AS finished_at, booking_channel, room_id, service_id,
  class_id, local_day(starts, zone) AS day,
  coalesce(
    appointment_id IS NOT NULL AND zone IS NOT NULL
    AND status IN ('booked', 'confirmed', 'arrived', 'completed', 'no_show', 'cancelled',
      'deleted')
    AND (booking_channel IS NULL
      OR booking_channel IN ('online', 'phone', 'walk_in', 'app', 'other'))
    AND starts IS NOT NULL AND ends IS NOT NULL
    AND readable(t.cancelled_at, cancelled)
    AND readable(t.booked_at, booked)
    AND readable(t.checked_in_at, checked_in)
    AND readable(t.started_at, started)
    AND readable(t.finished_at, finished)
    AND readable(reminder_sent_at, instant(reminder_sent_at, zone))
    AND epoch(ends) > epoch(starts) AND epoch(ends) - epoch(starts) <= 86400, false) AS ok
FROM t;

CREATE TABLE typed_shifts AS
WITH t AS (
  SELECT r.*, p.zone, instant(r.start_at, zone) AS starts, instant(r.end_at, zone) AS ends
  FROM raw_shifts r LEFT JOIN places p USING (practice_id, location_id))
SELECT practice_id, delivery, file_no, row_no, location_id, shift_id, provider_id, zone, kind,
  starts AS start_at, ends AS end_at, local_day(starts, zone) AS day,
  coalesce(
    shift_id IS NOT NULL AND zone IS NOT NULL AND provider_id IS NOT NULL
    AND kind IN ('bookable', 'blocked', 'break', 'time_off')
    AND epoch(ends) > epoch(starts) AND epoch(ends) - epoch(starts) <= 86400, false) AS ok
FROM t;

CREATE TABLE typed_timecards AS
WITH t AS (
  SELECT r.*, p.zone, instant(clock_in_at, zone) AS starts, instant(clock_out_at, zone) AS ends
  FROM raw_timecards r LEFT JOIN places p USING (practice_id, location_id))
SELECT practice_id, delivery, file_no, row_no, location_id, timecard_id, provider_id,
  starts AS clock_in_at, ends AS clock_out_at, local_day(starts, zone) AS day,
  coalesce(
    timecard_id IS NOT NULL AND zone IS NOT NULL AND provider_id IS NOT NULL
    AND epoch(ends) > epoch(starts) AND epoch(ends) - epoch(starts) <= 86400, false) AS ok
FROM t;

CREATE TABLE typed_sale_lines AS
WITH t AS (
  SELECT r.*, p.zone, instant(r.sold_at, zone) AS sold, amount(r.quantity) AS pieces,
    amount(gross_amount) AS gross, amount(discount_amount) AS discount, amount(tax_amount) AS tax
  FROM raw_sale_lines r LEFT JOIN places p USING (practice_id, location_id))
SELECT practice_id, delivery, file_no, row_no, location_id, sale_id, line_id, client_id,
  provider_id, seller_id, service_id, sold AS sold_at, kind, pieces AS quantity, gross,
  coalesce(discount, 0) AS discount, gross - coalesce(discount, 0) AS net, coalesce(tax, 0) AS tax, local_day(sold, zone) AS day,
  coalesce(
    sale_id IS NOT NULL AND line_id IS NOT NULL AND zone IS NOT NULL AND sold IS NOT NULL
    AND kind IN ('service', 'retail', 'package', 'membership', 'gift_card', 'fee', 'deposit',
      'tip')
    AND pieces <> 0 AND gross IS NOT NULL
    AND readable(discount_amount, discount) AND readable(tax_amount, t.tax)
    AND NOT (coalesce(discount, 0) < 0 AND gross > 0), false) AS ok
FROM t;

CREATE TABLE typed_payments AS
WITH t AS (
  SELECT r.*, p.zone, instant(r.paid_at, zone) AS paid, amount(r.amount) AS money
  FROM raw_payments r LEFT JOIN places p USING (practice_id, location_id))
SELECT practice_id, delivery, file_no, row_no, location_id, payment_id, sale_id, tender,
  paid AS paid_at, money AS amount, local_day(paid, zone) AS day,
  coalesce(
    payment_id IS NOT NULL AND sale_id IS NOT NULL AND zone IS NOT NULL AND paid IS NOT NULL
    AND money IS NOT NULL
    AND tender IN ('cash', 'card', 'financing', 'check', 'gift_card', 'package', 'membership',
      'account_credit', 'other'), false) AS ok
FROM t;

CREATE TABLE typed_stock_movements AS
WITH t AS (
  SELECT r.*, p.zone, instant(r.moved_at, zone) AS moved, amount(r.quantity) AS pieces,
    amount(r.unit_cost) AS cost, amount(r.freight_amount) AS freight,
    try_cast(r.expires_on AS DATE) AS expires, try_cast(r.is_expedited AS BOOLEAN) AS expedited
  FROM raw_stock_movements r LEFT JOIN places p USING (practice_id, location_id))
SELECT practice_id, delivery, file_no, row_no, location_id, movement_id, product_id,
  coalesce(lot, '') AS lot, expires AS expires_on, moved AS moved_at, kind, pieces AS quantity,
  cost AS unit_cost, coalesce(freight, 0) AS freight_amount,
  coalesce(expedited, false) AS is_expedited,
  local_day(moved, zone) AS day,
  coalesce(
    movement_id IS NOT NULL AND product_id IS NOT NULL AND zone IS NOT NULL AND moved IS NOT NULL
    AND kind IN ('receipt', 'usage', 'sale', 'return', 'waste', 'expired', 'adjustment',
      'transfer_in', 'transfer_out')
    AND pieces <> 0 AND readable(t.unit_cost, cost)
    AND readable(t.freight_amount, freight) AND readable(t.expires_on, expires)
    AND readable(t.is_expedited, expedited), false) AS ok
FROM t;

CREATE TABLE typed_stock_counts AS
WITH t AS (
  SELECT r.*, p.zone, instant(r.counted_at, zone) AS counted, amount(r.quantity) AS pieces
  FROM raw_stock_counts r LEFT JOIN places p USING (practice_id, location_id))
SELECT practice_id, delivery, file_no, row_no, location_id, count_id, product_id,
  coalesce(lot, '') AS lot, counted AS counted_at, pieces AS quantity,
  local_day(counted, zone) AS day,
  coalesce(
    count_id IS NOT NULL AND product_id IS NOT NULL AND zone IS NOT NULL
    AND counted IS NOT NULL AND pieces IS NOT NULL, false) AS ok
FROM t;

CREATE TABLE current_products AS
SELECT practice_id, product_id, amount(unit_cost) AS unit_cost,
  coalesce(is_consignment::BOOLEAN, false) AS is_consignment, amount(pack_quantity) AS pack_quantity
FROM raw_products WHERE product_id IS NOT NULL
QUALIFY row_number() OVER (
  PARTITION BY practice_id, product_id ORDER BY file_no DESC, row_no DESC) = 1;

CREATE TABLE current_services AS
SELECT practice_id, service_id, category,
  coalesce(setup_minutes::DECIMAL(18, 4), 0) AS setup_minutes,
  coalesce(turnover_minutes::DECIMAL(18, 4), 0) + coalesce(buffer_minutes::DECIMAL(18, 4), 0)
    AS clearing_minutes
FROM raw_services WHERE service_id IS NOT NULL
QUALIFY row_number() OVER (
  PARTITION BY practice_id, service_id ORDER BY file_no DESC, row_no DESC) = 1;

CREATE TABLE current_rooms AS
SELECT practice_id, location_id, room_id, kind
FROM raw_rooms SEMI JOIN places USING (practice_id, location_id) WHERE room_id IS NOT NULL
QUALIFY row_number() OVER (
  PARTITION BY practice_id, location_id, room_id ORDER BY file_no DESC, row_no DESC) = 1;

CREATE TABLE current_clients AS
SELECT practice_id, client_id, first_seen_on::DATE AS first_seen_on
FROM raw_clients WHERE client_id IS NOT NULL
QUALIFY row_number() OVER (
  PARTITION BY practice_id, client_id ORDER BY file_no DESC, row_no DESC) = 1;

-- What the judge says. Grain is location, provider, room, category, product, practice or region;
-- member is NULL for a location and a practice. Period is week, month or day, starts is its first day.
CREATE TABLE judged (
  practice_id VARCHAR, location_id VARCHAR, grain VARCHAR, member VARCHAR, period VARCHAR,
  starts DATE, kpi VARCHAR, numerator DOUBLE, denominator DOUBLE, sample DOUBLE);

-- Facts of a day are told for the day, for its week and for its month, which has days of whole weeks only.
CREATE TABLE spans AS SELECT unnest(['week', 'month', 'day']) AS period;

CREATE MACRO start_of(period, day) AS CASE period
  WHEN 'week' THEN week_of(day)
  WHEN 'month' THEN CASE WHEN day < (SELECT week_of(as_of) FROM parameters)
    THEN make_date(year(day), month(day), 1) END
  ELSE day END;
