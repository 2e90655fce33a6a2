-- Which ids of one side of a practice's systems the other side has too. Ids are those after
-- identities.csv was applied, so what is matched here meets in every number.

-- Each mention of an id: on which side, in which file, with how much revenue.
CREATE TEMP TABLE identity_uses AS
WITH credited AS (
  SELECT practice_id, location_id, source_file_id, local_date, kind AS line_kind, service_id, product_id, client_key,
    CASE WHEN kind IN ('service', 'retail', 'fee') THEN net_amount ELSE 0 END AS revenue,
    CASE kind WHEN 'retail' THEN seller_id ELSE provider_id END AS credited,
    CASE kind WHEN 'retail' THEN provider_id ELSE seller_id END AS other
  FROM sale_lines
), uses AS (
  SELECT practice_id, location_id, source_file_id, local_date, 'provider' AS kind, 'sales' AS side, credited AS value, revenue FROM credited
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'provider', 'sales', other, 0 FROM credited WHERE other IS DISTINCT FROM credited
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'service', 'sales', service_id, revenue FROM credited
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'product', 'sales', product_id, revenue FROM credited
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'client', 'sales', client_key, revenue FROM credited
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'provider', 'schedule', provider_id, 0 FROM appointments WHERE status <> 'deleted'
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'service', 'schedule', service_id, 0 FROM appointments WHERE status <> 'deleted'
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'room', 'schedule', room_id, 0 FROM appointments WHERE status <> 'deleted'
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'client', 'schedule', client_key, 0 FROM appointments WHERE status <> 'deleted'
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'provider', 'schedule', provider_id, 0 FROM shifts
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'provider', 'timecards', provider_id, 0 FROM timecards
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'product', 'stock', product_id, 0 FROM stock_movements
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'product', 'stock', product_id, 0 FROM stock_counts
  UNION ALL SELECT practice_id, location_id, source_file_id, NULL, 'room', 'reference', room_id, 0 FROM rooms WHERE source_file_id IS NOT NULL
  -- Where an id has a name, it must be translated too; no side of its own.
  UNION ALL SELECT practice_id, NULL, source_file_id, NULL, 'provider', 'names', provider_id, 0 FROM providers WHERE source_file_id IS NOT NULL
  UNION ALL SELECT practice_id, NULL, source_file_id, NULL, 'service', 'names', service_id, 0 FROM services WHERE source_file_id IS NOT NULL
  UNION ALL SELECT practice_id, NULL, source_file_id, NULL, 'product', 'names', product_id, 0 FROM products WHERE source_file_id IS NOT NULL
)
SELECT * FROM uses WHERE value IS NOT NULL;

CREATE TEMP TABLE identity_hours AS
SELECT practice_id, location_id, week_start, provider_id AS value, bookable_minutes / 60 AS hours
FROM provider_minutes_weekly
WHERE bookable_minutes <> 0
UNION ALL
SELECT t.practice_id, t.location_id, w.week_start, t.provider_id,
  sum(epoch(t.clock_out_at) - epoch(t.clock_in_at)) / 3600
FROM timecards t
JOIN dates w ON w.date = t.local_date
CROSS JOIN computed c
WHERE t.local_date < c.as_of
  AND t.practice_id NOT IN (SELECT practice_id FROM provider_minutes_weekly WHERE bookable_minutes <> 0)
GROUP BY ALL;

-- Who only sells goods, takes tips or rings up, such as a front desk, needs no counterpart on the schedule: no
-- service is credited to the id. Where no line names who performs a service, whoever sells may be a provider.
CREATE TEMP TABLE identity_sellers AS
SELECT practice_id, value FROM identity_uses WHERE kind = 'provider' AND side = 'sales'
EXCEPT SELECT practice_id, value FROM identity_uses WHERE kind = 'provider' AND side IN ('schedule', 'timecards')
EXCEPT SELECT practice_id, provider_id FROM sale_lines WHERE kind = 'service'
EXCEPT (
  SELECT practice_id, unnest([provider_id, seller_id])
  FROM sale_lines
  WHERE kind IN ('service', 'retail') AND practice_id NOT IN (
    SELECT practice_id FROM sale_lines WHERE kind = 'service' AND provider_id IS NOT NULL)
);

-- Each id on each side, and whether it is on the side that it must meet: that of what is done (the
-- first in this order) for what is sold, and that of what is sold (the last) for what is done. Only
-- providers must be found both ways: what is used or booked and never sold has no counterpart, and what
-- is sold under another id is found from there.
CREATE TEMP TABLE identity_values AS
WITH sides (kind, side, place) AS (
  VALUES
    ('provider', 'schedule', 1), ('provider', 'timecards', 2), ('provider', 'sales', 3),
    ('service', 'schedule', 1), ('service', 'sales', 2),
    ('product', 'stock', 1), ('product', 'sales', 2),
    ('room', 'reference', 1), ('room', 'schedule', 2),
    ('client', 'schedule', 1), ('client', 'sales', 2)
), named AS (
  SELECT DISTINCT u.practice_id, u.kind, u.side, u.value, place
  FROM identity_uses u
  JOIN sides USING (kind, side)
  ANTI JOIN identity_sellers s
    ON u.kind = 'provider' AND u.side = 'sales' AND s.practice_id = u.practice_id AND s.value = u.value
), spans AS (
  SELECT practice_id, kind, min(place) AS first_place, max(place) AS last_place
  FROM named
  GROUP BY ALL
  HAVING min(place) < max(place)
)
SELECT
  n.practice_id, n.kind, n.side, n.value, n.place = s.first_place AS is_done,
  n.kind = 'provider' OR n.place = s.last_place AS needs_match,
  o.value IS NOT NULL OR i.value IS NOT NULL AS is_matched
FROM named n
JOIN spans s USING (practice_id, kind)
LEFT JOIN named o
  ON o.practice_id = n.practice_id AND o.kind = n.kind AND o.value = n.value
  AND o.place = CASE WHEN n.place = s.first_place THEN s.last_place ELSE s.first_place END
-- A line that leaves a value as it is says that it has no counterpart.
LEFT JOIN (SELECT DISTINCT practice_id, kind, value FROM identities WHERE value = canonical_id) i
  ON i.practice_id = n.practice_id AND i.kind = n.kind AND i.value = n.value;

-- The words of a name: without case, accents and titles, "Adams, Claire" as claire adams.
CREATE TEMP MACRO name_words(kind, name) AS
  list_filter(
    regexp_extract_all(
      lower(strip_accents(regexp_replace(trim(name), '^([^,]+),\s*([^,]+)$', '\2 \1'))),
      '[\p{L}\p{N}]+'),
    lambda word: kind <> 'provider' OR word NOT IN (
      'dr', 'mr', 'mrs', 'ms', 'rn', 'np', 'md', 'do', 'pa', 'lpn', 'bsn', 'msn', 'fnp', 'aprn', 'dnp', 'le'));

-- How alike two names are, from 0 to 1. Numbers in them must be the same: Filler 1 ml is not Filler 2 ml.
CREATE TEMP MACRO name_score(kind, a, b) AS
  CASE
    WHEN a = [] OR b = [] THEN 0
    WHEN list_sort(list_filter(a, lambda w: regexp_matches(w, '\p{N}')))
      <> list_sort(list_filter(b, lambda w: regexp_matches(w, '\p{N}'))) THEN 0
    WHEN list_sort(a) = list_sort(b) THEN 1
    WHEN kind = 'provider' AND len(a) = len(b) AND len(a) > 1
      AND list_bool_and([starts_with(p[1], p[2]) AND (p[1] = p[2] OR len(p[2]) = 1)
          OR starts_with(p[2], p[1]) AND len(p[1]) = 1 FOR p IN list_zip(a, b)])
      AND list_bool_or([p[1] = p[2] AND len(p[1]) > 1 FOR p IN list_zip(a, b)]) THEN 0.95
    WHEN kind = 'provider' AND least(len(a), len(b)) = 1 AND a[1] = b[1] AND len(a[1]) > 2 THEN 0.85
    ELSE round(greatest(
      jaro_winkler_similarity(array_to_string(a, ' '), array_to_string(b, ' ')),
      jaro_winkler_similarity(array_to_string(list_sort(a), ' '), array_to_string(list_sort(b), ' '))), 4)
  END;

CREATE TEMP TABLE identity_proposals AS
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
WHERE place = 1;
