-- Of the consultant alone.
SELECT m.*
FROM published.portfolio_moves m
JOIN audience a ON a.practice_id = m.practice_id AND a.audience_id = m.consultant_id
WHERE a.audience = 'consultant'
