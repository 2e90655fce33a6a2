WITH names AS (
  SELECT v.practice_id, v.kind, v.value, v.is_done, v.is_matched,
    coalesce(p.name, s.name, g.name, v.value) AS name
  FROM (
    SELECT practice_id, kind, value, bool_or(is_done) AS is_done, bool_and(is_matched) AS is_matched
    FROM identity_values
    WHERE kind <> 'client'
    GROUP BY ALL
  ) v
  LEFT JOIN providers p ON v.kind = 'provider' AND p.practice_id = v.practice_id AND p.provider_id = v.value
  LEFT JOIN services s ON v.kind = 'service' AND s.practice_id = v.practice_id AND s.service_id = v.value
  LEFT JOIN products g ON v.kind = 'product' AND g.practice_id = v.practice_id AND g.product_id = v.value
), words AS (
  SELECT *, name_words(kind, name) AS words FROM names
), keys AS (
  -- Names without a common beginning of a word are not compared: a long price list has millions of pairs.
  SELECT DISTINCT practice_id, kind, value, is_done, is_matched, left(unnest(words), 3) AS beginning FROM words
), pairs AS (
  SELECT DISTINCT a.practice_id, a.kind, a.value, b.value AS candidate
  FROM keys a
  JOIN keys b
    ON b.practice_id = a.practice_id AND b.kind = a.kind AND b.is_done
    AND (b.beginning = a.beginning)
  WHERE NOT a.is_done AND NOT a.is_matched
), scored AS (
  SELECT p.*, b.name AS candidate_name, name_score(p.kind, a.words, b.words) AS score
  FROM pairs p
  JOIN words a ON a.practice_id = p.practice_id AND a.kind = p.kind AND a.value = p.value
  JOIN words b ON b.practice_id = p.practice_id AND b.kind = p.kind AND b.value = p.candidate
), ranked AS (
  SELECT *,
    count(*) OVER w AS candidates,
    row_number() OVER (w ORDER BY score DESC, candidate) AS place,
    lead(score) OVER (w ORDER BY score DESC, candidate) AS next_score
  FROM scored
  WHERE score >= CASE WHEN kind = 'provider' THEN 0.85 ELSE 0.9 END
  WINDOW w AS (PARTITION BY practice_id, kind, value)
)
SELECT practice_id, kind, value, candidates,
  CASE WHEN next_score IS NULL OR next_score < score - 0.02 THEN candidate END AS proposed_id,
  CASE WHEN next_score IS NULL OR next_score < score - 0.02 THEN candidate_name END AS proposed_name,
  CASE WHEN next_score IS NULL OR next_score < score - 0.02 THEN score END AS score
FROM ranked
WHERE place = 1
