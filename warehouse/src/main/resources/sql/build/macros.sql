-- amount × multiply ÷ divide, rounded half away from zero to 6 decimals, in whole numbers only:
-- DECIMAL ÷ DECIMAL would be a DOUBLE.
CREATE TEMP MACRO scaled(amount, multiply, divide) AS
  CASE WHEN divide = 1 THEN CAST(amount * multiply AS DECIMAL(38, 6))
  ELSE CAST(
    CAST(
      sign(amount)
      * ((abs(CAST(amount * 10000000000 AS HUGEINT)) * multiply * 2 + divide * 10000)
         // (divide * 20000))
    AS DECIMAL(38, 0)) * CAST(0.000001 AS DECIMAL(7, 6))
  AS DECIMAL(38, 6)) END;

-- A sum of measures in the unit of the definition as DOUBLE: the last step of a ratio.
CREATE TEMP MACRO ratio_side(amount, multiply, other_divide) AS
  CAST(amount * multiply * other_divide AS DOUBLE);

-- Rounded to two significant digits.
CREATE TEMP MACRO two_digits(x) AS CAST(format('{:.1e}', x) AS DOUBLE);

-- The value of a KPI, given its scales d and its sums; NULL where the denominator is 0.
CREATE TEMP MACRO kpi_value(
    is_ratio, numerator, numerator_multiply, numerator_divide,
    denominator, denominator_multiply, denominator_divide) AS
  CASE
    WHEN NOT is_ratio THEN CAST(scaled(numerator, numerator_multiply, numerator_divide) AS DOUBLE)
    WHEN denominator = 0 THEN NULL
    ELSE ratio_side(numerator, numerator_multiply, denominator_divide)
      / ratio_side(denominator, denominator_multiply, numerator_divide)
  END;
