-- What was said to the audience itself, of the practices that it still knows.
SELECT r.*
FROM published.benchmark_restatements r
JOIN audience a
  ON a.practice_id = r.practice_id AND a.audience = r.audience AND a.audience_id = r.audience_id
