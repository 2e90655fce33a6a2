-- The audience's own locations. To a consultant the peers are those that he or she does not know.
SELECT b.*
FROM published.kpi_benchmark b
JOIN audience a USING (practice_id)
WHERE a.audience <> 'consultant'
UNION ALL
SELECT b.* EXCLUDE (consultant_id)
FROM published.kpi_benchmark_consultant b
JOIN audience a ON a.practice_id = b.practice_id AND a.audience_id = b.consultant_id
WHERE a.audience = 'consultant'
