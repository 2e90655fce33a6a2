-- How the sentences of actions write what they count: 1 receipt, 1,204 receipts; 1.5 hours; Fri Nov 20.
CREATE TEMP MACRO counted(n, one, many) AS
  format('{:,}', CAST(n AS BIGINT)) || ' ' || CASE WHEN n = 1 THEN one ELSE many END;
CREATE TEMP MACRO in_units(quantity) AS
  CASE WHEN abs(quantity) >= 10 OR quantity = round(quantity, 0) THEN format('{:,}', CAST(round(quantity, 0) AS BIGINT))
    ELSE format('{:.1f}', CAST(quantity AS DOUBLE)) END;
CREATE TEMP MACRO weekday_words(day) AS strftime(day, '%a %b %-d');
CREATE TEMP MACRO day_words(day) AS strftime(day, '%b %-d');
CREATE TEMP MACRO percent_words(share) AS format('{:.0f} %', 100 * CAST(share AS DOUBLE));
