-- What the history holds of earlier publications, and what this one is made of.
CREATE TEMP TABLE past_publications (
  number BIGINT, run_id VARCHAR, published_at TIMESTAMP WITH TIME ZONE, as_of DATE, last_week DATE,
  bronze_sequence BIGINT, configuration_digest VARCHAR, code_version VARCHAR);
CREATE TEMP TABLE this_publication AS SELECT * FROM past_publications;
-- The newest published state of every number that ever was; of no use are those without is_published.
CREATE TEMP TABLE past_numbers (
  publication BIGINT, grain VARCHAR, practice_id VARCHAR, location_id VARCHAR, member_id VARCHAR,
  week_start DATE, kpi VARCHAR, value DOUBLE, numerator DECIMAL(38, 6), denominator DECIMAL(38, 6),
  sample_size DECIMAL(38, 6), definition_version INTEGER, is_published BOOLEAN);
-- Files that were not known at an earlier publication (base), and the weeks in which their rows
-- differ from what was known then; no location or week for a reference table.
CREATE TEMP TABLE newly_known (
  base BIGINT, source_file_id VARCHAR, source VARCHAR, file_name VARCHAR);
CREATE TEMP TABLE touched (
  base BIGINT, source_file_id VARCHAR, table_name VARCHAR, practice_id VARCHAR, location_id VARCHAR,
  week_start DATE);
