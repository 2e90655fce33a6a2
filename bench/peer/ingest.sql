-- CSV into typed Parquet, a file for each table: every row as it was delivered, with the number of its file, its
-- place in it and whether it can be used. Before: `files` (path, practice_id, file_no, is_window), one view csv_<table> for
-- each table with all its files as text (path, row_no and the columns), and `places`.

-- A local time that occurs twice is the first of the two; one that is skipped moves forward.
CREATE OR REPLACE MACRO local_instant(wall, zone) AS
  CASE WHEN timezone(zone, timezone(zone, wall) - INTERVAL 1 HOUR) = wall
    THEN timezone(zone, wall) - INTERVAL 1 HOUR ELSE timezone(zone, wall) END;
CREATE OR REPLACE MACRO instant(text, zone) AS
  CASE WHEN length(text) > 10 AND (text[-1] = 'Z' OR text[-6] IN ('+', '-'))
    THEN try_cast(text AS TIMESTAMPTZ) ELSE local_instant(try_cast(text AS TIMESTAMP), zone) END;
CREATE OR REPLACE MACRO amount(text) AS try_cast(text AS DECIMAL(18, 4));
CREATE OR REPLACE MACRO readable(text, parsed) AS text IS NULL OR parsed IS NOT NULL;
CREATE OR REPLACE MACRO lasts_a_day(starts, ends) AS
  ends > starts AND epoch_us(ends) - epoch_us(starts) <= 86400000000;

COPY (
  SELECT place, file_no, row_no, zone, appointment_id, visit_id, class_id, client_id, provider_id, room_id, service_id,
    status, booking_channel,
    instant(start_at, zone) AS starts, instant(end_at, zone) AS ends,
    instant(cancelled_at, zone) AS cancelled, instant(booked_at, zone) AS booked,
    instant(checked_in_at, zone) AS checked_in, instant(started_at, zone) AS started,
    instant(finished_at, zone) AS finished, timezone(zone, starts)::DATE AS day,
    coalesce(appointment_id IS NOT NULL AND place IS NOT NULL AND lasts_a_day(starts, ends)
      AND status IN ('booked', 'confirmed', 'arrived', 'completed', 'no_show', 'cancelled', 'deleted')
      AND (booking_channel IS NULL OR booking_channel IN ('online', 'phone', 'walk_in', 'app', 'other'))
      AND readable(cancelled_at, cancelled) AND readable(booked_at, booked)
      AND readable(checked_in_at, checked_in) AND readable(started_at, started)
      AND readable(finished_at, finished) AND readable(reminder_sent_at, instant(reminder_sent_at, zone)),
      false) AS ok
  FROM csv_appointments c LEFT JOIN places USING (practice_id, location_id)
) TO 'appointments.parquet';

COPY (
  SELECT place, file_no, row_no, zone, shift_id, provider_id, kind, instant(start_at, zone) AS starts,
    instant(end_at, zone) AS ends, timezone(zone, starts)::DATE AS day,
    coalesce(shift_id IS NOT NULL AND place IS NOT NULL AND provider_id IS NOT NULL AND lasts_a_day(starts, ends)
      AND kind IN ('bookable', 'blocked', 'break', 'time_off'), false) AS ok
  FROM csv_shifts LEFT JOIN places USING (practice_id, location_id)
) TO 'shifts.parquet';

COPY (
  SELECT place, file_no, row_no, timecard_id, provider_id, instant(clock_in_at, zone) AS starts,
    instant(clock_out_at, zone) AS ends, timezone(zone, starts)::DATE AS day,
    coalesce(timecard_id IS NOT NULL AND place IS NOT NULL AND provider_id IS NOT NULL
      AND lasts_a_day(starts, ends), false) AS ok
  FROM csv_timecards LEFT JOIN places USING (practice_id, location_id)
) TO 'timecards.parquet';

COPY (
  SELECT place, file_no, row_no, sale_id, line_id, client_id, provider_id, seller_id, service_id, kind,
    instant(sold_at, zone) AS sold, timezone(zone, sold)::DATE AS day, amount(quantity) AS pieces,
    amount(gross_amount) AS gross, coalesce(amount(discount_amount), 0) AS discount, gross - discount AS net,
    coalesce(amount(tax_amount), 0) AS tax,
    coalesce(sale_id IS NOT NULL AND line_id IS NOT NULL AND place IS NOT NULL AND sold IS NOT NULL
      AND kind IN ('service', 'retail', 'package', 'membership', 'gift_card', 'fee', 'deposit', 'tip')
      AND pieces <> 0 AND gross IS NOT NULL AND readable(discount_amount, amount(discount_amount))
      AND readable(tax_amount, amount(tax_amount)) AND NOT (discount < 0 AND gross > 0), false) AS ok
  FROM csv_sale_lines LEFT JOIN places USING (practice_id, location_id)
) TO 'sale_lines.parquet';

COPY (
  SELECT place, file_no, row_no, payment_id, sale_id, instant(paid_at, zone) AS paid,
    timezone(zone, paid)::DATE AS day, amount(amount) AS money,
    coalesce(payment_id IS NOT NULL AND sale_id IS NOT NULL AND place IS NOT NULL AND paid IS NOT NULL
      AND money IS NOT NULL AND tender IN ('cash', 'card', 'financing', 'check', 'gift_card', 'package',
        'membership', 'account_credit', 'other'), false) AS ok
  FROM csv_payments LEFT JOIN places USING (practice_id, location_id)
) TO 'payments.parquet';

COPY (
  SELECT place, file_no, row_no, movement_id, product_id, coalesce(lot, '') AS lot,
    try_cast(expires_on AS DATE) AS expires, instant(moved_at, zone) AS moved, timezone(zone, moved)::DATE AS day,
    kind, amount(quantity) AS pieces, amount(unit_cost) AS cost, coalesce(amount(freight_amount), 0) AS freight,
    coalesce(try_cast(is_expedited AS BOOLEAN), false) AS expedited,
    coalesce(movement_id IS NOT NULL AND product_id IS NOT NULL AND place IS NOT NULL AND moved IS NOT NULL
      AND kind IN ('receipt', 'usage', 'sale', 'return', 'waste', 'expired', 'adjustment', 'transfer_in',
        'transfer_out')
      AND pieces <> 0 AND readable(unit_cost, amount(unit_cost))
      AND readable(freight_amount, amount(freight_amount)) AND readable(expires_on, try_cast(expires_on AS DATE))
      AND readable(is_expedited, try_cast(is_expedited AS BOOLEAN)), false) AS ok
  FROM csv_stock_movements LEFT JOIN places USING (practice_id, location_id)
) TO 'stock_movements.parquet';

COPY (
  SELECT place, file_no, row_no, count_id, product_id, coalesce(lot, '') AS lot, instant(counted_at, zone) AS counted,
    timezone(zone, counted)::DATE AS day, amount(quantity) AS pieces,
    coalesce(count_id IS NOT NULL AND product_id IS NOT NULL AND place IS NOT NULL AND counted IS NOT NULL
      AND pieces IS NOT NULL, false) AS ok
  FROM csv_stock_counts LEFT JOIN places USING (practice_id, location_id)
) TO 'stock_counts.parquet';

COPY (
  SELECT practice_id, service_id, category, coalesce(setup_minutes::DECIMAL(18, 4), 0) AS setup,
    coalesce(turnover_minutes::DECIMAL(18, 4), 0) + coalesce(buffer_minutes::DECIMAL(18, 4), 0) AS clearing
  FROM csv_services WHERE service_id IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY practice_id, service_id ORDER BY file_no DESC, row_no DESC) = 1
) TO 'services.parquet';

COPY (
  SELECT place, room_id, kind FROM csv_rooms JOIN places USING (practice_id, location_id) WHERE room_id IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY place, room_id ORDER BY file_no DESC, row_no DESC) = 1
) TO 'rooms.parquet';

COPY (
  SELECT practice_id, product_id, amount(unit_cost) AS unit_cost,
    coalesce(is_consignment::BOOLEAN, false) AS is_consignment
  FROM csv_products WHERE product_id IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY practice_id, product_id ORDER BY file_no DESC, row_no DESC) = 1
) TO 'products.parquet';

COPY (
  SELECT practice_id, client_id, first_seen_on::DATE AS first_seen_on FROM csv_clients WHERE client_id IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY practice_id, client_id ORDER BY file_no DESC, row_no DESC) = 1
) TO 'clients.parquet';
