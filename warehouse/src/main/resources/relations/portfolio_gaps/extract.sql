-- Of the consultant alone.
SELECT g.*
FROM published.portfolio_gaps g
JOIN audience a ON a.practice_id = g.practice_id AND a.audience_id = g.consultant_id
WHERE a.audience = 'consultant'
