-- Of the audience itself alone.
SELECT s.*
FROM published.peer_statistics s
WHERE (s.audience, s.audience_id) IN (SELECT audience, audience_id FROM audience)
