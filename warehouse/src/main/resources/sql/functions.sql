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

-- The nearest preferred number of the series R10 (ISO 3), ten to a power of ten: what it stands for
-- reaches over more than a fifth of any number in it. Of a share above a half it is what is missing to
-- 1, so that shares near 1 stay apart as those near 0 do.
CREATE TEMP MACRO r10(x) AS
  CASE WHEN x IS NULL OR x = 0 THEN x ELSE
    CAST(
      CASE WHEN x < 0 THEN '-' ELSE '' END
      || ['1', '1.25', '1.6', '2', '2.5', '3.15', '4', '5', '6.3', '8'][
        CAST(round(10 * log10(abs(x)), 0) AS INTEGER)
        - 10 * CAST(floor(round(10 * log10(abs(x)), 0) / 10) AS INTEGER) + 1]
      || 'e' || CAST(floor(round(10 * log10(abs(x)), 0) / 10) AS INTEGER)
    AS DOUBLE) END;
CREATE TEMP MACRO preferred_number(x, is_share) AS
  CASE WHEN is_share AND x > 0.5 THEN round(1 - r10(round(1 - x, 12)), 12) ELSE r10(x) END;

-- What a preferred number stands for, half a step of the series down and up.
CREATE TEMP MACRO preferred_low(x, is_share) AS
  CASE WHEN is_share AND x > 0.5 THEN 1 - (1 - x) * 1.1220184543019633 ** sign(1 - x)
    ELSE x / 1.1220184543019633 ** sign(x) END;
CREATE TEMP MACRO preferred_high(x, is_share) AS
  CASE WHEN is_share AND x > 0.5 THEN 1 - (1 - x) / 1.1220184543019633 ** sign(1 - x)
    ELSE x * 1.1220184543019633 ** sign(x) END;

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

-- Money and quantities as whole numbers and back, for shares that must add up: a whole ratio is
-- rounded half away from zero; the denominator is positive.
CREATE TEMP MACRO ten_thousandths(amount) AS
  CAST(CAST(amount AS DECIMAL(38, 4)) * 10000 AS HUGEINT);
CREATE TEMP MACRO whole_ratio(numerator, denominator) AS
  CAST(sign(numerator) AS HUGEINT)
  * ((abs(CAST(numerator AS HUGEINT)) * 2 + CAST(denominator AS HUGEINT))
    // (CAST(denominator AS HUGEINT) * 2));
CREATE TEMP MACRO from_ten_thousandths(whole) AS
  CAST(whole AS DECIMAL(38, 0)) * CAST(0.0001 AS DECIMAL(5, 4));
CREATE TEMP MACRO from_cents(whole) AS
  CAST(whole AS DECIMAL(38, 0)) * CAST(0.01 AS DECIMAL(3, 2));

-- First day of the week that holds a day, given the first day of any week.
CREATE TEMP MACRO week_of(day, first_day) AS
  day - CAST((isodow(day) - isodow(first_day) + 7) % 7 AS INTEGER);

-- The instant of a local time. One that is skipped moves forward by the gap; of one that comes twice,
-- for which DuckDB takes the second, it is the first. Clocks go back by an hour or by half of one.
CREATE TEMP MACRO instant_of(zone, local_time) AS
  CASE
    WHEN timezone(zone, timezone(zone, local_time) - INTERVAL 1 HOUR) = local_time
      THEN timezone(zone, local_time) - INTERVAL 1 HOUR
    WHEN timezone(zone, timezone(zone, local_time) - INTERVAL 30 MINUTE) = local_time
      THEN timezone(zone, local_time) - INTERVAL 30 MINUTE
    ELSE timezone(zone, local_time)
  END;

-- What became of an appointment, by falling weight, as visits have it: 1 attended, 2 no-show, 3
-- late-cancelled, 4 unresolved if it is over, 5 cancelled, 6 deleted. A cancellation without its time
-- is early.
CREATE TEMP MACRO outcome_rank(status, start_at, cancelled_at, notice_hours) AS
  CASE
    WHEN status IN ('arrived', 'completed') THEN 1
    WHEN status = 'no_show' THEN 2
    WHEN status = 'cancelled'
      AND epoch_us(start_at) - epoch_us(cancelled_at) < notice_hours * 3600000000 THEN 3
    WHEN status IN ('booked', 'confirmed') THEN 4
    WHEN status = 'cancelled' THEN 5
    ELSE 6
  END;

-- Ends of the 95 % interval of a share p of n after Wilson (1927).
CREATE TEMP MACRO wilson_low(p, n) AS
  (p + 3.841458820694124 / (2 * n)
    - 1.959963984540054 * sqrt(p * (1 - p) / n + 3.841458820694124 / (4 * n * n)))
  / (1 + 3.841458820694124 / n);
CREATE TEMP MACRO wilson_high(p, n) AS
  (p + 3.841458820694124 / (2 * n)
    + 1.959963984540054 * sqrt(p * (1 - p) / n + 3.841458820694124 / (4 * n * n)))
  / (1 + 3.841458820694124 / n);

-- What one unit of a KPI is worth in money, for gaps and shifts; NULL for KPIs that have no price. The
-- denominator is the KPI's own: visits due, sales visits or what was billed.
CREATE TEMP MACRO worth_of(
    kpi, denominator, bookable_hours, net_per_attended_visit, net_per_treated_hour) AS
  CASE kpi
    WHEN 'no_show_rate' THEN denominator * net_per_attended_visit
    WHEN 'fill_rate' THEN bookable_hours * net_per_treated_hour * 0.5
    WHEN 'average_ticket' THEN denominator
    WHEN 'collected_at_close' THEN denominator
  END;

-- Whether a KPI moved for the better. Of a ratio to what was planned nearer to 1 is better: a treatment
-- that takes two thirds of the time booked for it wastes the rest.
CREATE TEMP MACRO is_better(unit, is_higher_better, value_before, value_now) AS
  CASE WHEN unit = 'ratio' THEN abs(value_now - 1) < abs(value_before - 1)
    ELSE (value_now > value_before) = is_higher_better END;

-- How the sentences of actions write what they count: 1 receipt, 1,204 receipts; 1.5 hours; Fri Nov 20.
CREATE TEMP MACRO counted(n, one, many) AS
  format('{:,}', CAST(n AS BIGINT)) || ' ' || CASE WHEN n = 1 THEN one ELSE many END;
CREATE TEMP MACRO in_units(quantity) AS
  CASE WHEN abs(quantity) >= 10 OR quantity = round(quantity, 0) THEN format('{:,}', CAST(round(quantity, 0) AS BIGINT))
    ELSE format('{:.1f}', CAST(quantity AS DOUBLE)) END;
CREATE TEMP MACRO weekday_words(day) AS strftime(day, '%a %b %-d');
CREATE TEMP MACRO day_words(day) AS strftime(day, '%b %-d');
CREATE TEMP MACRO percent_words(share) AS format('{:.0f} %', 100 * CAST(share AS DOUBLE));

-- Whether the number that an action is to change was changed: down to a tenth of it, at all, or not.
CREATE TEMP MACRO done_of(observed, observed_after) AS
  CASE
    WHEN observed_after <= observed / 10 THEN 'done'
    WHEN observed_after < observed THEN 'in_part'
    ELSE 'not_done'
  END;
