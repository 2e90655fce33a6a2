INSERT INTO runs VALUES ('0f3a9c51d2', DATE '2026-11-23', NULL, DATE '2026-05-25', DATE '2026-11-16', 412, 412, 'c0ffee12', '0.1.0', 'The warehouse holds a pseudonymised limited data set, still protected health information.');
INSERT INTO practices VALUES
 ('lumiere', 'Lumière Aesthetics & Co', 'USD'),
 ('zurich', 'Ästhetik <Zürich> Ελλάδα Київ', 'EUR'),
 ('northern', 'Aesthetic Medicine and Wellness Institute of the Greater Upper Northwestern Lakes', 'CAD'),
 ('young', 'Young Skin', 'GBP'),
 ('silent', 'Silent Spa', 'USD'),
 ('harbour', 'Harbour Laser', 'USD');
INSERT INTO locations VALUES
 ('lumiere', 'austin', 'Austin Domain', 'America/Chicago', 'TX', DATE '2019-04-01', 5, 24),
 ('lumiere', 'houston', 'Houston Heights', 'America/Chicago', 'TX', DATE '2020-04-01', 4, 24),
 ('lumiere', 'quiet', 'Marfa (closed for works)', 'America/Chicago', 'TX', DATE '2021-04-01', 2, 24),
 ('zurich', 'see', 'Seefeld', 'Europe/Zurich', 'ZH', NULL, 3, 24),
 ('northern', 'lakes', 'The Northwestern Lakes Flagship Clinic for Injectables, Lasers and Wellness, Duluth', 'America/Toronto', 'ON', DATE '2018-01-01', 6, 48),
 ('young', 'soho', 'Soho', 'Europe/London', 'LDN', DATE '2026-11-16', 2, 24),
 ('silent', 'nowhere', 'Nowhere', 'America/New_York', 'NY', DATE '2022-01-01', 2, 24),
 ('harbour', 'pier', 'Pier 9', 'America/Los_Angeles', 'CA', DATE '2017-01-01', 4, 24);
INSERT INTO consultants (consultant_id, name, practice_id) VALUES
 ('kim', 'Kim & Partners', 'lumiere'), ('kim', 'Kim & Partners', 'northern'), ('kim', 'Kim & Partners', 'harbour');
CREATE TEMP TABLE base AS SELECT * FROM (VALUES
 ('fill_rate', 0.70, 0.04, 120.0), ('booked_fill_rate', 0.81, 0.03, 120.0), ('no_show_rate', 0.062, 0.012, 140.0),
 ('late_cancel_rate', 0.04, 0.01, 140.0), ('average_ticket', 312.4, 24.0, 96.0), ('net_revenue', 43210.5, 3100.0, 96.0),
 ('collection_rate', 0.972, 0.008, 110.0), ('revenue_per_provider_hour', 288.0, 21.0, 120.0),
 ('revenue_per_treated_hour', 411.0, 25.0, 84.0), ('revenue_per_worked_hour', 240.0, 18.0, 150.0),
 ('inventory_turn', 8.3, 0.3, NULL), ('days_on_hand', 43.9, 1.5, NULL)) t(kpi, centre, spread, sample);
CREATE TEMP TABLE weeks AS SELECT i, DATE '2026-11-16' - CAST(7 * (12 - i) AS INTEGER) AS week_start FROM range(13) t(i);
CREATE TEMP TABLE live AS SELECT practice_id, location_id, (hash(location_id) % 7)::DOUBLE / 40 - 0.07 AS tilt FROM locations WHERE location_id NOT IN ('quiet', 'nowhere');
INSERT INTO kpi_weekly
 SELECT practice_id, location_id, week_start, kpi, v, v * 100, 100, sample, true, 1 FROM (
 SELECT l.practice_id, l.location_id, w.week_start, b.kpi, b.sample,
 b.centre * (1 + l.tilt) + b.spread * sin(1.7 * w.i + length(b.kpi) + length(l.location_id)) AS v
 FROM live l, base b, weeks w WHERE l.location_id <> 'soho' OR (w.i = 12 AND b.kpi NOT IN ('inventory_turn', 'days_on_hand')));
UPDATE kpi_weekly SET value = 0.148 WHERE location_id = 'austin' AND kpi = 'no_show_rate' AND week_start = DATE '2026-11-16';
UPDATE kpi_weekly SET value = NULL, numerator = 0, denominator = 0, sample_size = 0, is_stable = false WHERE location_id = 'houston' AND kpi = 'average_ticket' AND week_start = DATE '2026-11-16';
UPDATE kpi_weekly SET sample_size = 11, is_stable = false WHERE location_id = 'houston' AND kpi = 'no_show_rate' AND week_start >= DATE '2026-11-09';
UPDATE kpi_weekly SET sample_size = 7, is_stable = false WHERE location_id = 'soho' AND kpi NOT IN ('net_revenue', 'fill_rate');
DELETE FROM kpi_weekly WHERE location_id = 'see' AND (kpi LIKE '%fill%' OR kpi LIKE 'revenue%' OR kpi IN ('inventory_turn', 'days_on_hand'));
DELETE FROM kpi_weekly WHERE location_id = 'pier' AND week_start = DATE '2026-10-12';
INSERT INTO kpi_weekly_practice BY NAME
 SELECT practice_id, week_start, kpi, CASE WHEN kpi = 'net_revenue' THEN sum(value) ELSE avg(value) END AS value, sum(numerator) AS numerator, sum(denominator) AS denominator,
  sum(sample_size) AS sample_size, coalesce(bool_or(is_stable), false) AS is_stable, 1 AS definition_version
 FROM kpi_weekly GROUP BY practice_id, week_start, kpi;
INSERT INTO kpi_unavailable
 SELECT l.practice_id, l.location_id, DATE '2026-11-16', b.kpi,
 CASE WHEN l.location_id = 'see' THEN 'no shift export and no shift template, so nobody knows which hours could be booked'
 WHEN b.kpi IN ('inventory_turn', 'days_on_hand') THEN 'fewer than 28 days of stock history, or no stock of known cost'
 WHEN l.location_id IN ('quiet', 'nowhere') THEN 'no row of this week in any export'
 ELSE 'no sales visit in this week' END
 FROM locations l, base b
 WHERE NOT EXISTS (SELECT 1 FROM kpi_weekly k WHERE k.location_id = l.location_id AND k.kpi = b.kpi AND k.week_start = DATE '2026-11-16' AND k.value IS NOT NULL);
INSERT INTO kpi_targets VALUES
 ('lumiere', 'austin', 'fill_rate', 0.78), ('lumiere', 'austin', 'no_show_rate', 0.05), ('lumiere', 'austin', 'net_revenue', 41000), ('lumiere', 'austin', 'collection_rate', 0.99),
 ('lumiere', 'houston', 'fill_rate', 0.60), ('lumiere', 'houston', 'no_show_rate', 0.05), ('lumiere', 'houston', 'average_ticket', 300),
 ('lumiere', 'quiet', 'fill_rate', 0.60), ('northern', 'lakes', 'fill_rate', 0.71), ('harbour', 'pier', 'average_ticket', 330);
INSERT INTO kpi_benchmark
 WITH shown AS (SELECT kpi, week_start, 1 AS range_weeks, practice_id, location_id, value, is_stable FROM kpi_weekly WHERE week_start = DATE '2026-11-16' AND value IS NOT NULL
 UNION ALL SELECT kpi, DATE '2026-11-16', 13, practice_id, location_id, CASE WHEN kpi = 'net_revenue' THEN sum(value) ELSE avg(value) END, count(*) > 1 FROM kpi_weekly WHERE kpi NOT IN ('inventory_turn', 'days_on_hand') AND value IS NOT NULL GROUP BY kpi, practice_id, location_id),
 stats AS (SELECT kpi, range_weeks, quantile_cont(value, 0.25) AS p25, quantile_cont(value, 0.5) AS p50, quantile_cont(value, 0.75) AS p75, count(DISTINCT practice_id) AS n FROM shown GROUP BY kpi, range_weeks)
 SELECT week_start, range_weeks, practice_id, location_id, kpi, 'all', value, is_stable,
 CASE WHEN is_stable AND n >= 5 THEN row_number() OVER (PARTITION BY kpi, range_weeks ORDER BY value DESC) END, NULL,
 CASE WHEN n >= 5 THEN p25 END, CASE WHEN n >= 5 THEN p50 END, CASE WHEN n >= 5 THEN p75 END, NULL, NULL, n,
 CASE WHEN n < 5 THEN 'only ' || n || ' practices contribute, 5 are needed' END, NULL, NULL, NULL, CASE WHEN range_weeks = 13 THEN value * 0.99 END, CASE WHEN range_weeks = 13 THEN value * 1.01 END
 FROM shown JOIN stats USING (kpi, range_weeks);
INSERT INTO kpi_benchmark_consultant SELECT c.consultant_id, b.* REPLACE (CASE WHEN b.is_stable THEN 1 END AS rank) FROM kpi_benchmark b JOIN consultants c USING (practice_id);
INSERT INTO portfolio_gaps VALUES
 ('kim', 'lumiere', 'austin', 'fill_rate', DATE '2026-11-16', 13, 0.69, 'target', 0.78, 820, 1240, 1660),
 ('kim', 'lumiere', 'austin', 'no_show_rate', DATE '2026-11-16', 13, 0.062, 'peers', 0.05, NULL, 310, NULL),
 ('kim', 'harbour', 'pier', 'average_ticket', DATE '2026-11-16', 13, 339.19, 'peers', 400, 2100, 2650, 3200),
 ('kim', 'northern', 'lakes', 'fill_rate', DATE '2026-11-16', 13, 0.72, 'target', 0.71, -900, -120, 640);
INSERT INTO providers VALUES
 ('lumiere', 'p1', 'Mónica Álvarez, NP', 'Nurse injector'), ('lumiere', 'p2', 'K. Osei, RN', 'Nurse injector'),
 ('lumiere', 'p3', 'Dr. J. Whitfield', 'Medical director'), ('lumiere', 'p4', 'S. Lindqvist, PA', 'Injector and laser'),
 ('lumiere', 'p5', 'Θεοδώρα Παπαδοπούλου', NULL), ('northern', 'p1', 'Maximiliane Alexandrina von Hohenberg-Schwarzenfels zu Untermuehlenbach-Altstaedt', 'Aesthetician'),
 ('harbour', 'p1', '<script>alert("x")</script>', 'Tester & friend');
INSERT INTO provider_minutes_weekly
 SELECT practice_id, location_id, provider_id, DATE '2026-11-16', b, k, n, l, u, b - k - n - l - u, 15 FROM (
 SELECT l.practice_id, l.location_id, p.provider_id, 1200 + 300 * (hash(p.provider_id) % 5) AS b, b * 0.5 + 60 * (hash(l.location_id || p.provider_id) % 4) AS k, 60 * (hash(p.provider_id) % 3) AS n, 30 * (hash(p.provider_id) % 2) AS l, CASE WHEN p.provider_id = 'p3' THEN 45 ELSE 0 END AS u
 FROM live l JOIN (SELECT practice_id, provider_id FROM providers UNION ALL VALUES ('young', 'px')) p USING (practice_id) WHERE l.location_id <> 'see');
INSERT INTO kpi_weekly_provider
 SELECT m.practice_id, m.location_id, m.provider_id, m.week_start, b.kpi,
 CASE b.kpi WHEN 'fill_rate' THEN kept_minutes / bookable_minutes WHEN 'net_revenue' THEN kept_minutes / 60 * 400 WHEN 'revenue_per_provider_hour' THEN kept_minutes / bookable_minutes * 400 ELSE b.centre END,
 1, 1, 40, true, 1 FROM provider_minutes_weekly m, base b WHERE b.kpi IN ('fill_rate', 'net_revenue', 'average_ticket', 'revenue_per_provider_hour', 'revenue_per_treated_hour');
INSERT INTO kpi_weekly_provider VALUES ('lumiere', 'austin', 'unattributed', DATE '2026-11-16', 'net_revenue', -1230.25, -1230.25, NULL, 3, false, 1);
INSERT INTO products VALUES
 ('lumiere', 'BTX', 'B100', 'OnabotulinumtoxinA, 100 U', 'tox'), ('lumiere', 'HAM', 'H1', 'HA filler, 1 mL mid-density', 'filler'), ('lumiere', 'HAH', 'H2', 'HA filler, 1 mL high-density', 'filler'),
 ('lumiere', 'CAH', 'C1', 'CaHA filler, 1.5 mL', 'filler'), ('lumiere', 'MIC', 'M1', 'Microneedling cartridge', 'device'), ('lumiere', 'LID', 'L1', 'Topical lidocaine 23/7', 'topical'), ('lumiere', 'SUN', 'S1', 'Sunscreen SPF 50 & primer', 'retail'), ('lumiere', 'OLD', 'O1', 'Discontinued peel', 'peel');
INSERT INTO inventory_on_hand
 SELECT p, l, i, DATE '2026-11-22', oh, us, uc, greatest(oh, 0) * uc, c, u91, so, ex, e90, xp FROM (VALUES
 ('lumiere', 'austin', 'BTX', 9.0, 9.0, 420.0, false, 83.2, 0, DATE '2027-01-30', 4.0, 0.0),
 ('lumiere', 'austin', 'HAM', 14.0, 12.0, 285.0, false, 67.6, 0, DATE '2026-12-12', 4.0, 2.0),
 ('lumiere', 'austin', 'HAH', 31.0, 31.0, 310.0, false, 40.3, 0, DATE '2027-02-14', 6.0, 0.0),
 ('lumiere', 'austin', 'CAH', 6.0, 6.0, 290.0, true, 23.4, 0, DATE '2027-05-03', 0.0, 0.0),
 ('lumiere', 'austin', 'MIC', -3.0, -3.0, 31.5, false, 227.5, 12, NULL, 0.0, 0.0),
 ('lumiere', 'austin', 'LID', 7.5, 7.5, NULL, false, 28.6, 0, DATE '2026-12-28', 7.5, 0.0),
 ('lumiere', 'austin', 'SUN', 1240.0, 1240.0, 9.9, false, 91.0, 0, NULL, 0.0, 0.0),
 ('lumiere', 'austin', 'OLD', 4.0, 4.0, 55.0, false, 0.0, 0, NULL, 0.0, 0.0),
 ('lumiere', 'houston', 'BTX', 0.0, 0.0, 420.0, false, 44.0, 20, NULL, 0.0, 0.0),
 ('northern', 'lakes', 'UNDESCRIBED-PRODUCT-CODE-WITHOUT-ANY-SPACE-THAT-COULD-BREAK-A-LINE-0123456789', 5.0, 5.0, 10.0, false, 10.0, 0, NULL, 0.0, 0.0)) t(p, l, i, oh, us, uc, c, u91, so, ex, e90, xp);
INSERT INTO inventory_reorder BY NAME
 SELECT 'lumiere' AS practice_id, l AS location_id, i AS product_id, w AS weekly_usage, d AS lead_time_days, w * d / 7 AS demand_in_lead_time, ss AS safety_stock,
 w * d / 7 + ss AS par, av AS available, pk AS pack_quantity, n AS order_packs, n * pk AS order_quantity, c AS order_cost, why AS unavailable_reason FROM (VALUES
 ('austin', 'BTX', 6.5, 7, 3.0, 9.0, 2.0, 1, 840.0, NULL),
 ('austin', 'HAM', 5.25, 7, 2.0, 10.0, 1.0, NULL, NULL, NULL),
 ('austin', 'CAH', 1.75, 14, 3.0, 6.0, 2.0, 1, 580.0, NULL),
 ('austin', 'MIC', 17.5, 14, 5.0, -3.0, 10.0, 5, 1575.0, NULL),
 ('austin', 'LID', NULL, NULL, NULL, NULL, 1.0, NULL, NULL, 'the products export tells no lead time'),
 ('houston', 'BTX', 4.0, 7, 2.0, 0.0, 1.0, 6, NULL, NULL)) t(l, i, w, d, ss, av, pk, n, c, why);
INSERT INTO inventory_expiring BY NAME
 SELECT 'lumiere' AS practice_id, 'austin' AS location_id, i AS product_id, c AS is_consignment, lot, x AS expires_on, x - DATE '2026-11-22' AS days_left, h AS horizon_days,
 oh AS on_hand, u AS projected_use, oh - u AS at_risk, (oh - u) * k AS at_risk_cost, b AS breaches_91 FROM (VALUES
 ('HAM', false, 'HA-1', DATE '2026-11-01', 0, 2.0, 0.0, 285.0, 0),
 ('CAH', true, NULL, DATE '2026-12-01', 30, 3.0, 2.0, 290.0, 0),
 ('LID', false, 'L9', DATE '2026-12-28', 60, 7.5, NULL, 20.0, 0),
 ('BTX', false, 'B7', DATE '2027-01-30', 90, 6.0, 2.5, 420.0, 0),
 ('HAH', false, 'H2', DATE '2027-02-14', 90, 6.0, 6.0, 310.0, 2)) t(i, c, lot, x, h, oh, u, k, b);
INSERT INTO ingest_files
 SELECT 'f' || i, CASE WHEN i % 2 = 0 THEN 'austin-schedule' ELSE 'lumiere-sales' END, 'lumiere', 'exports/lumiere/' || CASE WHEN i % 2 = 0 THEN 'schedule-' ELSE 'items-' END || (DATE '2026-08-24' + CAST(7 * i AS INTEGER)) || '.csv', 'ab', 'acuity-appointments', 'window', CASE WHEN i % 2 = 0 THEN 'appointments' ELSE 'sale_lines' END,
 TIMESTAMPTZ '2026-11-22 06:00:00+00', 1400 + i, 1390 + i, 4, 3, 3, 2, DATE '2026-08-24' + CAST(7 * i AS INTEGER), DATE '2026-08-30' + CAST(7 * i AS INTEGER), 0, 0 FROM range(13) t(i);
INSERT INTO ingest_files
 SELECT 'h' || i, 'harbour-pos', 'harbour', 'exports/harbour/items-' || i || '.csv', 'ab', 'square-items', 'window', 'sale_lines', TIMESTAMPTZ '2026-11-22 06:00:00+00', 100, 100, 0, 0, 0, 0, DATE '2026-08-24', DATE '2026-11-22', 0, 0 FROM range(40) t(i);
INSERT INTO rejected_rows SELECT 'f' || (i % 5), 'appointments', 17 + i, 'status', 'unknown_word' FROM range(9) t(i);
INSERT INTO rejected_rows VALUES ('f1', 'sale_lines', 44, NULL, 'zero_quantity'), ('f1', 'sale_lines', 44, NULL, 'zero_quantity');
INSERT INTO rejected_amounts BY NAME SELECT 'f1' AS source_file_id, 'sale_lines' AS table_name, 44 AS source_line, i AS row_in_line, 'zero_quantity' AS reason, [1000, 234.5][i] AS amount, false AS is_told_otherwise FROM range(1, 3) t(i);
INSERT INTO refused_files VALUES ('lumiere-sales', 'lumiere', 'exports/lumiere/items-2026-11-23.csv', 812, NULL, 'the last line is truncated', 'export the file again and put it in its place');
INSERT INTO list_completeness VALUES
 ('lumiere', 'austin', 60, 'room_capacity', 'True room capacity', 'room_capacity', 'partly', 5, 4, 0, 'services.turnover_minutes', true, 0.5, 'turnover minutes of 6 of 12 services are missing; for those, room capacity is the naive one'),
 ('lumiere', 'houston', 60, 'room_capacity', 'True room capacity', 'room_capacity', 'partly', 5, 4, 0, 'services.turnover_minutes', true, 0.25, 'turnover minutes of 3 of 12 services are missing; for those, room capacity is the naive one'),
 ('lumiere', 'houston', 80, 'double_bookings', 'Double bookings', 'double_bookings', 'full', 2, 2, 0, NULL, NULL, NULL, NULL),
 ('lumiere', 'austin', 50, 'service_durations', 'Actual minutes of services', 'service_durations', 'partly', 6, 5, 0, 'services.category', true, 0.04, 'categories of 2 of 50 services are missing; for those, services stand without their category'),
 ('lumiere', 'austin', 90, 'provider_category', 'Providers by category of service', 'provider_category', 'empty', 4, 0, 3, 'sale_lines.provider_id where kind = service', false, 1, 'providers are in none of 8,486 sale lines (service): revenue is credited to nobody'),
 ('lumiere', 'houston', 30, 'reminders', 'Reminders and no-shows', 'booking_effects', 'empty', 3, 2, 1, 'appointments.reminder_sent_at', false, 1, 'times of reminders are in none of 812 appointments: nobody knows who was reminded'),
 ('lumiere', 'houston', 130, 'inventory_expiring', 'What expires', 'inventory_expiring', 'empty', 3, 0, 3, 'stock_movements.expires_on', false, 1, 'expiry dates are missing: nobody knows when a lot expires'),
 ('harbour', 'pier', 60, 'room_capacity', 'True room capacity', 'room_capacity', 'partly', 5, 4, 0, 'services.turnover_minutes', true, 0.5, 'turnover minutes of 1 of 2 services are missing; for those, room capacity is the naive one');
INSERT INTO stock_unit_mismatches VALUES
 ('lumiere', 'austin', 'BTX', false, 'C1', DATE '2026-11-13', NULL, 9, 900, 100),
 ('lumiere', 'austin', 'BTX', false, 'C2', DATE '2026-11-20', 'B7', 6, 600, 100),
 ('lumiere', 'houston', 'HAM', false, 'C3', DATE '2026-10-30', NULL, 12, 1, 10),
 ('harbour', 'pier', 'GEL', false, 'C4', DATE '2026-11-20', NULL, 2, 40, 20);
INSERT INTO sources VALUES
 ('austin-schedule', 'lumiere', 'acuity-appointments', 'current', 7, DATE '2026-11-22', 7, 0, false, 5600, 12, 0.0021),
 ('lumiere-sales', 'lumiere', 'square-items', 'late', 6, DATE '2026-11-08', 7, 8, true, 800, 25, 0.03125),
 ('lumiere-shifts', 'lumiere', 'configuration', 'nothing yet', 0, NULL, NULL, NULL, NULL, 0, 0, NULL),
 ('harbour-pos', 'harbour', 'square-items', 'not watched', 40, DATE '2026-11-22', NULL, NULL, NULL, 4000, 0, 0);
INSERT INTO identity_coverage VALUES
 ('lumiere', 'austin', DATE '2026-11-16', 'provider', 8000, 5000, 0.625, 120, 90, 0.75, 3),
 ('lumiere', 'houston', DATE '2026-11-16', 'provider', 2000, 2000, 1, 40, 40, 1, 0),
 ('lumiere', 'austin', DATE '2026-11-16', 'client', 10000, 7500, 0.75, 0, 0, NULL, 9),
 ('lumiere', 'austin', DATE '2026-11-09', 'provider', 8000, 0, 0, 120, 0, 0, 3),
 ('harbour', 'pier', DATE '2026-11-16', 'provider', 100000, 99990, 0.9999, 10, 10, 1, 1);
INSERT INTO unmatched_identities VALUES
 ('lumiere', 'provider', 'sales', 'TM_9x2', 'Claire A.', 'lumiere-sales', 61, 3000, NULL, NULL, false, 1, 'Claire Adams', 'Claire Adams', 0.95),
 ('lumiere', 'provider', 'sales', 'TM_9x2', 'Claire A.', 'lumiere-staff', 1, 0, NULL, NULL, false, 1, 'Claire Adams', 'Claire Adams', 0.95),
 ('lumiere', 'provider', 'sales', 'Desk', 'Desk', 'lumiere-sales', 40, 0, NULL, NULL, false, 0, NULL, NULL, NULL),
 ('lumiere', 'provider', 'schedule', 'Claire Adams', 'Claire Adams', 'austin-schedule', 30, 0, NULL, NULL, false, 0, NULL, NULL, NULL);
INSERT INTO identities VALUES ('harbour', 'provider', 'harbour-pos', 'X1', 'Xenia');
INSERT INTO source_volumes VALUES
 ('lumiere-sales', 'lumiere', 'sale_lines', DATE '2026-11-02', 61, 402, 201, 603, true),
 ('lumiere-sales', 'lumiere', 'sale_lines', DATE '2026-10-26', 398, 402, 201, 603, false),
 ('lumiere-sales', 'lumiere', 'sale_lines', DATE '2026-08-03', 2, 402, 201, 603, true);
INSERT INTO revenue_steps VALUES
 ('lumiere', 'austin', DATE '2026-11-16', 'compared', 'service', 'injectables', 24000, 26500, -2500, -3100, 400, 200),
 ('lumiere', 'austin', DATE '2026-11-16', 'compared', 'service', 'laser', 12000, 11000, 1000, 1200, -150, -50),
 ('lumiere', 'austin', DATE '2026-11-16', 'compared', 'rest', NULL, 4353, 4000, 353, NULL, NULL, NULL),
 ('lumiere', 'houston', DATE '2026-11-16', 'opened', 'all', NULL, 41000, 10250, 30750, NULL, NULL, NULL),
 ('zurich', 'see', DATE '2026-11-16', 'not_told', 'all', NULL, NULL, 38000, NULL, NULL, NULL, NULL),
 ('northern', 'lakes', DATE '2026-11-16', 'compared', 'all', NULL, 44200, 44100, 100, NULL, NULL, NULL),
 ('young', 'soho', DATE '2026-11-16', 'opened', 'all', NULL, 41113, 0, 41113, NULL, NULL, NULL),
 ('harbour', 'pier', DATE '2026-11-16', 'gap', 'all', NULL, 45000, 33000, 12000, NULL, NULL, NULL);
INSERT INTO actions VALUES
 ('lumiere', 'austin', DATE '2026-11-16', 1, 'secure_stock', 'BTX', 'Inventory', 'Get 6 more of OnabotulinumtoxinA, 100 U by Wed Nov 25, by express or transfer', '9 bookings need it within the 7 days that an order takes; 9 on hand', 'revenue', 2100, 2500, 4100, DATE '2026-11-24', 6, true, true),
 ('lumiere', 'houston', DATE '2026-11-16', 2, 'collect_receipts', 'houston', 'Front desk', 'Collect 14 receipts', 'Unpaid for over four weeks; of such receipts 52 % were paid later', 'revenue', 500, 800, 1100, DATE '2026-11-27', 1540, true, true),
 ('lumiere', 'austin', DATE '2026-11-16', 3, 'collect_receipts', 'austin', 'Front desk', 'Collect 3 receipts', 'Unpaid for over four weeks; of such receipts 50 % were paid later', 'revenue', 100, 300, 400, DATE '2026-11-27', 600, false, true),
 ('lumiere', 'austin', DATE '2026-11-16', 4, 'free_overstock', 'austin', 'Inventory', 'Order none of 1 product until used down', 'More than par and four weeks of use; most of the money is in Sunscreen SPF 50 & primer', 'cash', 8000, 9000, 11000, DATE '2026-11-27', 9000, true, true);
INSERT INTO action_outcomes BY NAME SELECT 'lumiere' AS practice_id, * FROM (VALUES
 ('houston', DATE '2026-11-09', 1, 'collect_receipts', 'Collect 18 receipts', true, 'in_part', 1000, 660, '4 of 18 unpaid receipts were paid', 340),
 ('austin', DATE '2026-11-09', 2, 'secure_stock', 'Get 12 more of Filler by Wed Nov 18', true, 'done', 12, 0, '12 of Filler came in, 12 were short', NULL),
 ('austin', DATE '2026-11-09', 3, 'collect_receipts', 'Collect 2 receipts', false, 'not_done', 100, 100, '0 of 2 unpaid receipts were paid', 0),
 ('austin', DATE '2026-11-09', 4, 'rebook_clients', 'Call 40 clients who left last week without a next appointment', true, 'unknown', 40, NULL, NULL, NULL),
 ('austin', DATE '2026-11-02', 1, 'rebook_clients', 'Call 41 clients', true, 'not_done', 41, 41, '0 of 41 clients booked since', NULL))
 o(location_id, week_start, rank, action, sentence, is_in_letter, status, observed, observed_after, became, came);
INSERT INTO forecast_weekly BY NAME SELECT DATE '2026-11-23' AS week_start, * FROM (VALUES
 ('practice', 'lumiere', NULL, 1, 42600.4, 38900, 47100.5, 13, 0.41, NULL),
 ('location', 'lumiere', 'austin', 1, 42600.4, 38900, 47100.5, 13, 0.41, NULL),
 ('location', 'lumiere', 'houston', 1, NULL, NULL, NULL, 0, NULL, 'fewer than eight of the 13 weeks before are told'),
 ('location', 'zurich', 'see', 1, NULL, NULL, NULL, 0, NULL, 'the exports do not tell when bookings were cancelled'),
 ('location', 'northern', 'lakes', 1, 44000, 40000, 48000, 13, -0.02, NULL),
 ('location', 'harbour', 'pier', 1, 44000, NULL, NULL, 5, NULL, NULL))
 f(grain, practice_id, location_id, locations, expected_net_revenue, low, high, weeks_scored, skill, withheld_reason);
INSERT INTO coming_days
 SELECT 'lumiere', l, DATE '2026-11-23' + CAST(i AS INTEGER), CASE WHEN i = 6 THEN 0 ELSE 2640 END, CASE WHEN i = 6 THEN 0 ELSE 1200 + 120 * i END, 20 + i
 FROM range(7) t(i), (VALUES ('austin'), ('houston')) p(l);
INSERT INTO coming_days VALUES ('zurich', 'see', DATE '2026-11-24', NULL, NULL, 31), ('northern', 'lakes', DATE '2026-11-24', 600, 300, 9), ('harbour', 'pier', DATE '2026-11-24', 600, 300, 9);
INSERT INTO leakage_weekly VALUES
 ('lumiere', 'austin', DATE '2026-11-16', 1, 'potential', 'Potential', 'total', 9000, 61650, NULL),
 ('lumiere', 'austin', DATE '2026-11-16', 2, 'idle', 'Idle', 'less', 2400, 16440, NULL),
 ('lumiere', 'austin', DATE '2026-11-16', 5, 'no_show', 'No-shows', 'less', 600, 4110, NULL),
 ('lumiere', 'austin', DATE '2026-11-16', 6, 'gross_service', 'Gross service', 'total', 6000, 41100, NULL),
 ('lumiere', 'austin', DATE '2026-11-16', 7, 'discounts', 'Discounts', 'less', NULL, 5100, NULL),
 ('lumiere', 'austin', DATE '2026-11-16', 8, 'net_service', 'Net service', 'total', NULL, 36000, NULL),
 ('lumiere', 'austin', DATE '2026-11-16', 9, 'uncollected', 'Uncollected', 'beside', NULL, 2350, NULL),
 ('lumiere', 'austin', DATE '2026-11-16', 12, 'stockouts', 'Stockouts', 'beside', NULL, NULL, 'no retail prices');
INSERT INTO receivables VALUES ('lumiere', 'austin', 0, 12, 2350), ('lumiere', 'austin', 28, 3, 600);
INSERT INTO stored_value_weekly BY NAME
 SELECT 'lumiere' AS practice_id, 'austin' AS location_id, DATE '2026-11-16' AS week_start, 'gift_card' AS kind, 8400 AS closing, 1 AS weeks_missing;
INSERT INTO provider_category BY NAME
 SELECT 'lumiere' AS practice_id, 'austin' AS location_id, p AS provider_id, c AS category, n AS rows_attended, n * 0.5 AS treated_hours,
  r AS shrunk_revenue_per_treated_hour, 500 AS category_mean
 FROM (VALUES ('A', 'laser', 40, 612.4), ('B', 'laser', 20, 455.5), ('A', 'peel', 4, 90)) t(p, c, n, r);
INSERT INTO seasonality_hourly BY NAME
 SELECT 'northern' AS practice_id, 'lakes' AS location_id, w AS weekday, h AS hour, 1600 AS bookable_minutes,
  CASE WHEN h = 16 THEN 0.97 WHEN w = 1 THEN 0.31 ELSE 0.7 END AS booked_share, w = 5 AND h = 10 AS is_bottleneck
 FROM (VALUES (1), (2), (5)) d(w), (VALUES (9), (10), (16)) t(h);
INSERT INTO stock_at_risk VALUES
 ('lumiere', 'austin', 'BTX', DATE '2026-11-22', DATE '2026-11-23', 7, 4, 7, 7, 9, 0),
 ('lumiere', 'austin', 'BTX', DATE '2026-11-22', DATE '2026-11-25', 7, 5, 8, 15, 9, 6);
INSERT INTO inventory_overstock VALUES
 ('lumiere', 'austin', 'SUN', DATE '2026-11-22', 1240, 20, 28, 1192, 9.9, 11800.8);
INSERT INTO inventory_consignment VALUES
 ('lumiere', 'austin', 'SUN', 118.8, 90, 11200, 0.9, 6.1, 2240);
INSERT INTO services VALUES ('lumiere', 'LAS', 'Laser, full face');
INSERT INTO service_durations VALUES
 ('lumiere', 'austin', 'LAS', 'laser', DATE '2026-11-16', 60, 41, 60, 60, 38, 44, -22, NULL),
 ('lumiere', 'austin', 'PEEL', 'skin', DATE '2026-11-16', 30, 50, 30, 30, 29, 31, -1, NULL);
INSERT INTO seasonality_hourly BY NAME
 SELECT 'lumiere' AS practice_id, 'austin' AS location_id, w AS weekday, h AS hour, 1600 AS bookable_minutes, s AS booked_share, false AS is_bottleneck
 FROM (VALUES (4, 16, 0.97), (1, 9, 0.21), (2, 11, 0.66)) t(w, h, s);
INSERT INTO kpi_stories BY NAME
 SELECT 'northern' AS practice_id, 'lakes' AS location_id, 'fill_rate' AS kpi, DATE '2026-09-14' AS since_week_start,
  16 AS before_weeks, 10 AS weeks, 0.59 AS before_value, 0.34 AS value, false AS is_favourable, -15500 AS dollars_per_week;
INSERT INTO kpi_stories BY NAME
 SELECT 'northern' AS practice_id, 'lakes' AS location_id, 'rebooking_rate' AS kpi, DATE '2026-07-06' AS since_week_start,
  13 AS before_weeks, 1 AS weeks, 0.3 AS before_value, 0.4 AS value, true AS is_favourable, NULL AS dollars_per_week;
INSERT INTO kpi_stories BY NAME
 SELECT 'northern' AS practice_id, 'lakes' AS location_id, 'net_revenue' AS kpi, DATE '2026-04-06' AS since_week_start,
  DATE '2026-06-29' AS until_week_start, 13 AS before_weeks, 13 AS weeks, 40000 AS before_value, 99000 AS value,
  true AS is_favourable, 59000 AS dollars_per_week;
INSERT INTO kpi_story_company VALUES
 ('northern', 'lakes', 'fill_rate', DATE '2026-09-14', 'no_show_rate', DATE '2026-09-21', 0.04, 0.12, false);
INSERT INTO kpi_story_providers
 SELECT 'northern', 'lakes', 'fill_rate', DATE '2026-09-14', p, 0.6, 0.3, p = 'A' FROM (VALUES ('A'), ('B'), ('C'), ('D')) t(p);
INSERT INTO kpi_series BY NAME
 SELECT 'northern' AS practice_id, 'lakes' AS location_id, 'fill_rate' AS kpi, DATE '2026-05-25' + 7 * CAST(i AS INTEGER) AS week_start,
  CASE WHEN i < 16 THEN 0.59 ELSE 0.34 END AS value
 FROM range(26) t(i) WHERE i <> 20;
