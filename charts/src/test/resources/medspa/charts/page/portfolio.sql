-- Locations of practices that engaged the consultant, with every KPI over half a year. Values follow from the names
-- of what they are of, so that each is another one.
INSERT INTO locations BY NAME
 SELECT practice_id, 'h' || i AS location_id, 'Pier ' || (1000 + i) AS name, time_zone, 'Region ' || (i % 7) AS region,
  DATE '2017-01-01' AS opened_on, rooms, notice_hours
 FROM locations, range($LOCATIONS) t(i) WHERE location_id = 'pier';
UPDATE locations SET practice_id = 'northern' WHERE location_id LIKE 'h%5';
UPDATE locations SET opened_on = DATE '2026-10-12' WHERE location_id IN ('h5', 'h55', 'h250');
DELETE FROM kpi_weekly WHERE practice_id IN ('harbour', 'northern', 'lumiere');
DELETE FROM kpi_benchmark_consultant;
CREATE TEMP TABLE made AS
 SELECT l.practice_id, l.location_id, k.kpi, w.i AS ago, DATE '2026-11-16' - CAST(7 * w.i AS INTEGER) AS week_start, r.weeks AS range_weeks,
  r.weeks * (10 + hash(l.location_id || k.kpi || w.i) % 150) AS d,
  (hash(l.location_id || k.kpi) % 60 + hash(l.location_id || k.kpi || w.i || r.weeks) % 40) / 100.0 AS share,
  l.opened_on > DATE '2026-11-16' - CAST(7 * (w.i + r.weeks - 1) AS INTEGER) AS is_young, k.unit, k.direction
 FROM locations l JOIN consultants c USING (practice_id)
 CROSS JOIN (SELECT kpi, unit, direction, spans_days, rollup FROM kpi_definitions) k CROSS JOIN range(26) w(i)
 CROSS JOIN (VALUES (1), (4), (13)) r(weeks)
 WHERE (r.weeks = 1 OR (w.i < 13 AND k.rollup = 'sum')) AND hash(l.location_id || k.kpi) % 50 > 0 AND l.location_id <> 'quiet'
  AND l.opened_on <= DATE '2026-11-16' - CAST(7 * w.i AS INTEGER);
CREATE TEMP TABLE valued AS
 SELECT *, CASE WHEN hash(location_id || kpi || ago) % 300 = 0 THEN NULL
   WHEN unit IN ('percent', 'per_hundred', 'ratio') THEN round(share * d) / d * CASE unit WHEN 'per_hundred' THEN 100 ELSE 1 END
   WHEN unit = 'money' THEN round(share * d * 173.13, 2)
   WHEN unit = 'count' THEN round(share * 40 * range_weeks)
   ELSE share * d / 3 END AS value
 FROM made;
INSERT INTO kpi_weekly BY NAME
 SELECT practice_id, location_id, week_start, kpi, value, round(share * d) AS numerator, d AS denominator, d AS sample_size,
  d >= 20 AS is_stable, 1 AS definition_version FROM valued WHERE range_weeks = 1;
INSERT INTO kpi_benchmark_consultant BY NAME
 SELECT 'kim' AS consultant_id, week_start, range_weeks, practice_id, location_id, kpi, 'all' AS peer_group, value, d >= 20 AS is_stable,
  CASE WHEN d >= 20 AND NOT is_young AND value IS NOT NULL THEN rank() OVER (
   PARTITION BY week_start, range_weeks, kpi, d >= 20 AND NOT is_young AND value IS NOT NULL
   ORDER BY CASE WHEN direction = 'up' THEN -value ELSE value END) END AS rank,
  CASE WHEN kpi < 'f' THEN NULL ELSE 0.2 END AS p25, CASE WHEN kpi < 'f' THEN NULL ELSE 0.25 END AS p50,
  CASE WHEN kpi < 'f' THEN NULL ELSE 0.4 END AS p75, CASE WHEN kpi < 'f' THEN 4 ELSE 12 END AS contributors,
  CASE WHEN kpi < 'f' THEN 'only 4 other practices contribute, 5 are needed' END AS withheld_reason
 FROM valued WHERE ago < 13;
INSERT INTO kpi_benchmark_consultant BY NAME
 SELECT b.* REPLACE ('region:' || l.region AS peer_group, 0.5 AS p50) FROM kpi_benchmark_consultant b JOIN locations l USING (practice_id, location_id)
 WHERE l.region IN ('Region 1', 'Region 2') AND b.range_weeks = 13 AND b.withheld_reason IS NULL;
DELETE FROM portfolio_gaps;
INSERT INTO portfolio_gaps BY NAME
 SELECT consultant_id, practice_id, location_id, kpi, week_start, range_weeks, value, 'peers' AS held_against, 0.5 AS reference,
  CAST(hash(location_id || kpi) % 4000 AS DOUBLE) - 800 AS low, CAST(hash(location_id || kpi) % 4000 AS DOUBLE) + 0.55 AS expected, CAST(hash(location_id || kpi) % 4000 AS DOUBLE) + 900 AS high
 FROM kpi_benchmark_consultant
 WHERE peer_group = 'all' AND week_start = DATE '2026-11-16' AND range_weeks = 13 AND rank IS NOT NULL AND value IS NOT NULL
  AND kpi IN ('no_show_rate', 'fill_rate', 'average_ticket', 'collected_at_close');
