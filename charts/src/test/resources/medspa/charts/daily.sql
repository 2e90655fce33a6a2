-- The days of the week up to Sunday, 22 November 2026, and the book of Monday the 23rd: austin has all
-- there can be, houston had no sales since Friday, see tells no shifts, lakes no stock, soho opens
-- today, nowhere later, quiet is closed and told nothing, pier lacks stock.
INSERT INTO flash_today BY NAME
 SELECT practice_id, location_id, DATE '2026-11-23' AS date, location_id = 'soho' AS is_first_day, location_id = 'quiet' AS is_closed,
 CASE location_id WHEN 'austin' THEN 61 WHEN 'quiet' THEN NULL WHEN 'soho' THEN 1 ELSE 12 END AS rows_booked,
 CASE WHEN location_id NOT IN ('see', 'quiet') THEN 3060 END AS bookable_minutes, CASE WHEN location_id NOT IN ('see', 'quiet') THEN 2142 END AS booked_minutes,
 CASE WHEN location_id IN ('austin', 'houston', 'pier') THEN 0.137 END AS filled_share, CASE WHEN location_id <> 'soho' THEN 586.88 END AS net_per_treated_hour,
 CASE location_id WHEN 'soho' THEN NULL WHEN 'quiet' THEN NULL WHEN 'houston' THEN DATE '2026-11-20' ELSE DATE '2026-11-22' END AS sales_until,
 CASE WHEN location_id NOT IN ('soho', 'quiet') THEN DATE '2026-11-22' END AS payments_until,
 CASE WHEN location_id NOT IN ('soho', 'quiet', 'see') THEN DATE '2026-11-21' END AS outcomes_until,
 CASE WHEN location_id NOT IN ('soho', 'quiet', 'lakes') THEN DATE '2026-11-22' END AS stock_until
 FROM locations WHERE location_id <> 'nowhere';
INSERT INTO flash_days BY NAME
 SELECT practice_id, location_id, DATE '2026-11-16' + CAST(i AS INTEGER) AS date, 0 AS weeks_ago, i AS day_of_week, i = 6 AND location_id <> 'lakes' AS is_closed, true AS is_compared,
 CASE WHEN location_id = 'quiet' OR (location_id = 'houston' AND i = 5) THEN NULL WHEN i = 6 AND location_id <> 'lakes' THEN 0 ELSE 5123.45 + 100 * i END AS net_revenue,
 CASE WHEN location_id NOT IN ('see', 'quiet') THEN 20 END AS visits_due, CASE WHEN i = 6 AND location_id IN ('lakes', 'see') THEN 2 ELSE 0 END AS visits_unresolved
 FROM locations, range(7) t(i) WHERE location_id NOT IN ('soho', 'nowhere');
INSERT INTO flash_pace BY NAME
 SELECT practice_id, location_id, kpi, CASE WHEN location_id = 'houston' OR location_id = 'quiet' THEN NULL WHEN kpi = 'net_revenue' AND location_id <> 'lakes' THEN 0 ELSE v END AS yesterday,
 CASE WHEN kpi <> 'net_revenue' AND location_id NOT IN ('houston', 'quiet') THEN 7 END AS yesterday_sample, CASE WHEN location_id <> 'quiet' THEN v * w END AS week_to_date,
 CASE WHEN kpi <> 'net_revenue' AND location_id <> 'quiet' THEN 96 END AS week_sample, 6 AS days, CASE location_id WHEN 'houston' THEN 5 WHEN 'quiet' THEN 0 ELSE 6 END AS days_told,
 CASE location_id WHEN 'houston' THEN 4 WHEN 'quiet' THEN 0 WHEN 'pier' THEN 0 ELSE 6 END AS compared_days, CASE WHEN location_id NOT IN ('quiet', 'pier') THEN DATE '2026-11-21' END AS compared_last,
 CASE WHEN location_id NOT IN ('quiet', 'pier') THEN v * w * 1.1 END AS compared_value, CASE WHEN location_id NOT IN ('quiet', 'pier') THEN v * w END AS base_value,
 CASE WHEN location_id NOT IN ('quiet', 'pier') THEN v * w * 0.9 END AS base_low, CASE WHEN location_id NOT IN ('quiet', 'pier') THEN v * w * 1.05 END AS base_high,
 CASE location_id WHEN 'quiet' THEN 'no day of the week is told yet' WHEN 'pier' THEN 'it opened on Nov 3, 2026' END AS unavailable_reason
 FROM locations, (VALUES ('net_revenue', 5123.45, 6), ('average_ticket', 312.4, 1), ('collection_rate', 0.972, 1), ('no_show_rate', 0.062, 1)) k(kpi, v, w)
 WHERE location_id NOT IN ('soho', 'nowhere') AND (location_id <> 'see' OR kpi <> 'no_show_rate');
INSERT INTO flash_pace BY NAME SELECT 'zurich' AS practice_id, 'see' AS location_id, 'no_show_rate' AS kpi, 6 AS days, 0 AS days_told, 0 AS compared_days, 'no day of the week is told yet' AS unavailable_reason;
INSERT INTO flash_categories BY NAME
 SELECT practice_id, location_id, CASE WHEN i < 10 THEN 'Category ' || i || CASE WHEN location_id = 'lakes' THEN ' of treatments with a name that is far too long for a column of a table' ELSE '' END END AS category,
 CASE WHEN location_id <> 'houston' THEN 10 * i END AS yesterday, 1000 - 90 * i AS week_to_date, CASE WHEN location_id <> 'pier' THEN 1000 - 90 * i END AS compared, CASE WHEN location_id <> 'pier' THEN 900 - 70 * i END AS base
 FROM locations, range(11) t(i) WHERE location_id IN ('austin', 'houston', 'lakes', 'pier');
INSERT INTO flash_categories VALUES ('zurich', 'see', 'uncategorised', 0, 1000, 1000, 900);
INSERT INTO flash_today_providers BY NAME
 SELECT 'lumiere' AS practice_id, 'austin' AS location_id, 'p' || i AS provider_id, 5 AS rows_booked, 255 AS bookable_minutes, CASE WHEN i = 6 THEN 0 ELSE 178.5 END AS booked_minutes FROM range(12) t(i);
INSERT INTO flash_today_providers VALUES
 ('lumiere', 'austin', 'unattributed', 1, 0, 0), ('lumiere', 'houston', 'p1', 12, 3060, 2142), ('zurich', 'see', 'p9', 12, NULL, NULL), ('northern', 'lakes', 'p1', 12, 3060, 2142), ('young', 'soho', 'px', 1, 3060, 60), ('harbour', 'pier', 'p1', 12, 3060, 2142);
INSERT INTO rooms SELECT 'lumiere', 'austin', 'r' || i, 'Room ' || i FROM range(10) t(i);
INSERT INTO flash_today_rooms BY NAME SELECT 'lumiere' AS practice_id, 'austin' AS location_id, 'r' || i AS room_id, 6 AS rows_booked, 540 AS open_minutes, 50 * i AS booked_minutes FROM range(10) t(i);
INSERT INTO flash_today_rooms VALUES ('northern', 'lakes', 'A', 12, NULL, 470);
INSERT INTO services VALUES ('lumiere', 'hydra', 'Hydrating Facial & peel');
INSERT INTO flash_gaps BY NAME
 SELECT 'lumiere' AS practice_id, 'austin' AS location_id, 'p' || (i // 4) AS provider_id, TIME '09:15' + to_hours(i % 4 * 2) AS from_time, TIME '10:45' + to_hours(i % 4 * 2) AS until_time, 90 AS free_minutes, 'hydra' AS service_id, 60 AS service_minutes, 880.32 AS worth FROM range(44) t(i);
INSERT INTO flash_gaps VALUES ('harbour', 'pier', 'p1', TIME '11:30', TIME '12:30', 60, '<b>Laser</b>', 45, 586.88), ('young', 'soho', 'px', TIME '21:00', TIME '00:00', 180, 'brow', 60, NULL);
INSERT INTO flash_stock VALUES
 ('lumiere', 'austin', 'BTX', 9, 400, 420, 0), ('lumiere', 'austin', 'HAM', 2, 2, NULL, NULL), ('harbour', 'pier', 'TOX', 3, 150, 90.5, 59.5), ('harbour', 'pier', 'GEL', 1, 1, 0, 1);
INSERT INTO lists_unavailable VALUES ('northern', 'lakes', 'stock_at_risk', 'no export of what services use (service_products)');
