-- The catalogue as tables, so that one computation serves every definition.
CREATE TEMP TABLE kpi_scales (
  kpi VARCHAR, version INTEGER, is_ratio BOOLEAN, has_sample BOOLEAN, is_higher_better BOOLEAN,
  is_period_end BOOLEAN, at_location BOOLEAN,
  numerator_multiply INTEGER, numerator_divide INTEGER,
  denominator_multiply INTEGER, denominator_divide INTEGER,
  sample_multiply INTEGER, sample_divide INTEGER);
CREATE TEMP TABLE kpi_grains (kpi VARCHAR, period VARCHAR, grain VARCHAR);
CREATE TEMP TABLE kpi_needs (
  kpi VARCHAR, position INTEGER, table_name VARCHAR, measure VARCHAR, reason VARCHAR);
CREATE TEMP TABLE kpi_evidence (kpi VARCHAR, measure VARCHAR);
CREATE TEMP TABLE computed (first_week DATE, last_week DATE, as_of DATE);
CREATE TEMP TABLE table_evidence (practice_id VARCHAR, location_id VARCHAR, table_name VARCHAR);
CREATE TEMP TABLE peer_groups (practice_id VARCHAR, location_id VARCHAR, peer_group VARCHAR);
CREATE TEMP TABLE source_expectations (
  position INTEGER, source VARCHAR, practice_id VARCHAR, mapping VARCHAR,
  expected_every_days INTEGER);
-- Of the KPIs and grains that are published per day.
CREATE TEMP TABLE measures_daily (
  practice_id VARCHAR, location_id VARCHAR, grain VARCHAR, member_id VARCHAR, date DATE,
  measure VARCHAR, amount DECIMAL(38, 10));
