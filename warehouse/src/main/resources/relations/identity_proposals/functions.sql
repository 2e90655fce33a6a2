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
