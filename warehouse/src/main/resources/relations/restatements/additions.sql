-- Each restated number with every cause. First the files with changed rows of its facts in the days
-- and at the location it rests on. Else, if configuration, code and definition are the same, those
-- with changed rows of its facts or of reference tables anywhere in the practice: a booking of another
-- week or a price can count. Else any file with a changed row.
WITH made AS (
  SELECT
    r.*, b.run_id AS previous_run_id, b.published_at AS previously_published_at,
    b.as_of AS from_as_of, b.configuration_digest AS from_configuration, b.code_version AS from_code,
    t.run_id, t.published_at AS restated_at, t.as_of, t.configuration_digest, t.code_version
  FROM restated r
  JOIN past_publications b ON b.number = r.base
  CROSS JOIN this_publication t
), versions AS (
  SELECT id, 'configuration' AS cause, from_configuration AS from_version,
    configuration_digest AS to_version
  FROM made WHERE from_configuration <> configuration_digest
  UNION ALL
  SELECT id, 'code', from_code, code_version FROM made WHERE from_code <> code_version
  UNION ALL
  SELECT id, 'definition', CAST(from_definition_version AS VARCHAR),
    CAST(definition_version AS VARCHAR)
  FROM made WHERE from_definition_version <> definition_version
), candidates AS (
  SELECT
    r.id, t.source_file_id,
    CASE
      WHEN t.week_start BETWEEN r.week_start - (r.spans_days - 7) AND r.week_start
        AND (r.location_id IS NULL OR t.location_id = r.location_id)
        AND (k.kpi IS NOT NULL OR any_fact.kpi IS NOT NULL) THEN 1
      WHEN t.week_start IS NULL OR k.kpi IS NOT NULL OR any_fact.kpi IS NOT NULL THEN 2
      ELSE 3
    END AS distance
  FROM restated r
  JOIN touched t ON t.base = r.base AND t.practice_id = r.practice_id
  LEFT JOIN kpi_fact_tables k ON k.kpi = r.kpi AND k.table_name = t.table_name
  LEFT JOIN (SELECT DISTINCT kpi FROM restated ANTI JOIN kpi_fact_tables USING (kpi)) any_fact
    ON any_fact.kpi = r.kpi
), nearest AS (
  SELECT id, source_file_id, distance, min(distance) OVER (PARTITION BY id) AS least
  FROM candidates
), files AS (
  SELECT DISTINCT id, source_file_id
  FROM nearest
  WHERE distance = least AND (distance = 1 OR id NOT IN (SELECT id FROM versions))
), causes AS (
  SELECT id, 'file' AS cause, source_file_id, NULL AS from_version, NULL AS to_version FROM files
  UNION ALL BY NAME
  SELECT * FROM versions
  UNION ALL BY NAME
  SELECT
    id, CASE WHEN from_as_of <> as_of THEN 'as_of' ELSE 'unexplained' END AS cause,
    CAST(from_as_of AS VARCHAR) AS from_version, CAST(as_of AS VARCHAR) AS to_version
  FROM made
  ANTI JOIN files USING (id)
  ANTI JOIN versions USING (id)
)
SELECT
  m.publication, m.run_id, m.restated_at,
  m.base AS previous_publication, m.previous_run_id, m.previously_published_at,
  m.practice_id, m.location_id, m.grain, m.member_id, m.kpi, m.week_start,
  m.from_value, m.value AS to_value,
  m.from_numerator, m.numerator AS to_numerator,
  m.from_denominator, m.denominator AS to_denominator,
  m.from_sample_size, m.sample_size AS to_sample_size,
  c.cause, c.source_file_id, f.source, f.file_name, c.from_version, c.to_version
FROM made m
JOIN causes c USING (id)
LEFT JOIN newly_known f ON f.base = m.base AND f.source_file_id = c.source_file_id
ORDER BY m.practice_id, m.location_id, m.grain, m.member_id, m.kpi, m.week_start, c.cause,
  c.source_file_id
