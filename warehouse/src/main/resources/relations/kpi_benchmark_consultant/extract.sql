-- A practice has no part in what a consultant compares.
SELECT b.*
FROM published.kpi_benchmark_consultant b
JOIN audience a ON a.practice_id = b.practice_id AND a.audience_id = b.consultant_id
WHERE a.audience = 'consultant'
