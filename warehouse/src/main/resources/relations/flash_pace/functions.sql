-- A ratio of sums; refunds may leave nothing, or less, to divide by.
CREATE TEMP MACRO flash_ratio(numerator, denominator) AS
  CASE WHEN denominator > 0 THEN CAST(numerator AS DOUBLE) / CAST(denominator AS DOUBLE) END;
