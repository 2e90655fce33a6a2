-- Macros that mappings can use, and those that the ingestion itself uses. Text in, text out: what
-- cannot be read stays as it came, so that the contract's check rejects it instead of guessing.
SET TimeZone = 'UTC';
SET preserve_insertion_order = true;
-- Nothing of an export may be spilled to disk.
SET temp_directory = '';
SET autoinstall_known_extensions = false;
SET autoload_known_extensions = false;
SET memory_limit = '4GB';
-- Sources run side by side; more threads within a file only get in each other's way.
SET threads = 1;
-- Looks for long lists after IN through every level of what the macros become, which takes longer than
-- most files do; the vocabularies are short.
SET disabled_optimizers = 'in_clause';

SET VARIABLE zone_names = (SELECT list(name) FROM pg_timezone_names());

-- A number as the exports write it: currency sign, thousands separators, parentheses or a leading
-- minus. The result is plain digits with an optional sign and decimals. A comma counts only between
-- groups of three digits: 12,50 is no number here, nor is 0,500, and is rejected.
CREATE MACRO money(amount) AS (
  CASE
    WHEN regexp_full_match(trim(amount), '\(\s*[$£€]?\s*([0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+)(\.[0-9]+)?\s*\)')
      THEN '-' || regexp_replace(trim(amount), '[^0-9.]', '', 'g')
    WHEN regexp_full_match(trim(amount), '-?\s*[$£€]?\s*-?\s*(([0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+)(\.[0-9]+)?|\.[0-9]+)')
      THEN regexp_replace(trim(amount), '[^0-9.-]', '', 'g')
    ELSE amount
  END
);

-- The same number with the other sign.
CREATE MACRO minus(number) AS (
  CASE
    WHEN regexp_full_match(number, '-[0-9.]+') THEN substr(number, 2)
    WHEN regexp_full_match(number, '[0-9.]+') THEN '-' || number
    ELSE number
  END
);

-- A number with a comma before its decimals, such as 1.234,56.
CREATE MACRO decimal_comma(amount) AS (
  CASE
    WHEN regexp_full_match(trim(amount), '-?\s*[$£€]?\s*-?\s*([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]+)?\s*[$£€]?')
      THEN replace(regexp_replace(trim(amount), '[^0-9,-]', '', 'g'), ',', '.')
    ELSE amount
  END
);

-- An amount in the smallest unit of the workspace's currency, such as cents, whole yen or thousandths
-- of a dinar, as an amount of the currency.
CREATE MACRO of_minor_units(amount) AS (
  CAST(
    amount * CASE getvariable('minor_digits')
      WHEN 0 THEN 1.0000 WHEN 1 THEN 0.1000 WHEN 2 THEN 0.0100 WHEN 3 THEN 0.0010 WHEN 4 THEN 0.0001 END
    AS DECIMAL(18,4))
);

-- The same of a text. Anything but a whole number would be an amount a hundred times too large if it
-- stayed a number.
CREATE MACRO minor_units(number) AS (
  CASE
    WHEN regexp_full_match(number, '-?[0-9]{1,14}')
      THEN CAST(of_minor_units(CAST(number AS DECIMAL(14,0))) AS VARCHAR)
    ELSE number || ' in cents'
  END
);

-- The sum of two numbers; one that is not there is nothing.
CREATE MACRO plus(number, other) AS (
  CASE
    WHEN number IS NULL OR other IS NULL THEN coalesce(number, other)
    ELSE coalesce(
      CAST(TRY_CAST(number AS DECIMAL(28,10)) + TRY_CAST(other AS DECIMAL(28,10)) AS VARCHAR),
      number || ' plus ' || other
    )
  END
);

-- What was worked out of several cells; where one of them is no number, that cell as it came, so that
-- the row is rejected for it: it is not missing, and not nothing.
CREATE MACRO worked_out(result, cells) AS (
  coalesce(
    list_filter(cells, lambda c: c IS NOT NULL AND TRY_CAST(money(c) AS DECIMAL(18,4)) IS NULL)[1],
    CAST(result AS VARCHAR))
);

-- A number as a count of ten-thousandths.
CREATE MACRO ten_thousandths(number) AS (
  CAST(CAST(TRY_CAST(number AS DECIMAL(18,4)) AS DECIMAL(38,4)) * 10000 AS HUGEINT)
);

-- What one costs if a quantity costs a total: half up to four decimals, in whole numbers only.
CREATE MACRO per_unit(total, quantity) AS (
  CASE
    WHEN ten_thousandths(total) IS NULL OR ten_thousandths(quantity) IS NULL
      THEN total || ' for ' || quantity
    WHEN ten_thousandths(quantity) <> 0
      THEN CAST(
        sign(ten_thousandths(total)) * sign(ten_thousandths(quantity))
        * ((abs(ten_thousandths(total)) * 20000 + abs(ten_thousandths(quantity)))
          // (abs(ten_thousandths(quantity)) * 2))
        * CAST(0.0001 AS DECIMAL(5,4)) AS VARCHAR)
  END
);

-- The minutes of a duration such as 1:30, 1:30:00, 1h 30min, 2 hours or 45 mins.
CREATE MACRO minutes_of(duration) AS (
  CASE
    WHEN regexp_full_match(trim(duration), '[0-9]+:[0-5][0-9](:[0-5][0-9])?')
      THEN CAST(split_part(trim(duration), ':', 1) AS BIGINT) * 60
        + CAST(split_part(trim(duration), ':', 2) AS BIGINT)
    WHEN regexp_full_match(
      trim(duration),
      '(?i)[0-9]{1,4} ?h((ou)?rs?)?|([0-9]{1,4} ?h((ou)?rs?)?,? ?(and )?)?[0-9]{1,4} ?m(in(ute)?s?)?')
      THEN coalesce(TRY_CAST(regexp_extract(duration, '(?i)([0-9]+) ?h', 1) AS BIGINT), 0) * 60
        + coalesce(TRY_CAST(regexp_extract(duration, '(?i)([0-9]+) ?m', 1) AS BIGINT), 0)
  END
);

-- A whole number. A cast alone rounds: a duration of 1.5 hours would be 2 minutes.
CREATE MACRO whole(number) AS (
  CASE WHEN regexp_full_match(trim(number), '[0-9]{1,9}(\.0+)?') THEN CAST(TRY_CAST(number AS DOUBLE) AS BIGINT) END
);

-- A text without the apostrophe by which exports keep spreadsheets from reading it as a number.
CREATE MACRO unguarded(value) AS (
  CASE WHEN starts_with(value, chr(39)) THEN substr(value, 2) ELSE value END
);

-- A text with the characters that a web page writes as entities.
CREATE MACRO unescaped(value) AS (
  replace(replace(replace(replace(replace(replace(value, '&lt;', '<'), '&gt;', '>'), '&quot;', '"'),
    '&#39;', chr(39)), '&nbsp;', ' '), '&amp;', '&')
);

-- Whether a number is there and not zero.
CREATE MACRO is_nonzero(number) AS (
  number IS NOT NULL AND NOT regexp_full_match(number, '-?[0.]+')
);

-- A word of a vocabulary, whatever its spelling: letters and digits alone, in lower case. No-Show,
-- No_Show, "no  show", No%20Show and NoShow are one word, and Unconfirmed is none of them.
CREATE MACRO word(text) AS (
  regexp_replace(lower(nfc_normalize(regexp_replace(text, '%[0-9A-Fa-f]{2}', ' ', 'g'))), '[^\p{L}\p{N}]+', '', 'g')
);

-- Our word for a vendor's in a column with a vocabulary, by the mapping or the source's own words; a
-- word that nobody knows stays.
CREATE MACRO our_word(col, text) AS (
  coalesce(getvariable('words')[col || ' ' || word(text)], text)
);

-- Several words with one blank between them and around them, for comparing beginnings of names.
CREATE MACRO spaced(text) AS (
  ' ' || trim(regexp_replace(lower(nfc_normalize(text)), '[^\p{L}\p{N}]+', ' ', 'g')) || ' '
);

-- Whether a text is one of those of a setting, with | between them; as whole words.
CREATE MACRO is_listed(text, setting) AS (
  coalesce(
    word(text) <> '' AND list_contains(list_transform(string_split(setting, '|'), lambda s: word(s)), word(text)),
    false)
);

-- Whether a text begins with one of those of a setting; as whole words.
CREATE MACRO begins_listed(text, setting) AS (
  coalesce(
    len(list_filter(string_split(setting, '|'), lambda s: word(s) <> '' AND starts_with(spaced(text), spaced(s)))) > 0,
    false)
);

-- Whether a name holds one of those of a setting, as whole words.
CREATE MACRO holds_word(text, setting) AS (
  coalesce(
    len(list_filter(string_split(setting, '|'), lambda s: word(s) <> '' AND contains(spaced(text), spaced(s)))) > 0,
    false)
);

-- Whether a flag of an export is set; a spreadsheet writes it in the language of its country. What is
-- neither this nor the opposite refuses the file where the mapping lists the column under flags.
CREATE MACRO is_set(flag) AS (
  coalesce(
    word(flag) IN ('true', 't', 'yes', 'y', '1', 'x', 'wahr', 'vrai', 'verdadero', 'verdadeiro', 'vero', 'waar'),
    false)
);

-- Whether a flag is there and not set.
CREATE MACRO is_unset(flag) AS (
  coalesce(word(flag) IN ('false', 'f', 'no', 'n', '0', 'falsch', 'faux', 'falso', 'onwaar'), false)
);

-- The tender behind one name of it, without what stands in parentheses or behind a number sign.
CREATE MACRO one_tender(name) AS (
  list_transform([regexp_replace(word(name), '[0-9]+', '', 'g')], lambda n: CASE
    WHEN n IN (
      'card', 'creditcard', 'debitcard', 'debit', 'creditdebit', 'creditdebitcard', 'creditordebitcard',
      'manualcreditcard', 'visa', 'mastercard', 'mc', 'amex', 'americanexpress', 'discover', 'dinersclub',
      'jcb', 'maestro', 'shopifypayments') THEN 'card'
    WHEN n = 'cash' THEN 'cash'
    WHEN n IN ('check', 'cheque', 'personalcheck') THEN 'check'
    WHEN n IN (
      'giftcard', 'giftcards', 'egiftcard', 'giftcertificate', 'giftvoucher', 'storegiftcard',
      'shopifygiftcard', 'squaregiftcard') THEN 'gift_card'
    WHEN n IN (
      'account', 'accountcredit', 'accountbalance', 'clientaccount', 'customeraccount', 'storecredit') THEN 'account_credit'
    WHEN n IN (
      'financing', 'installment', 'installments', 'shoppayinstallments', 'carecredit', 'cherry', 'affirm',
      'klarna', 'afterpay', 'sezzle', 'patientfi') THEN 'financing'
    WHEN n = 'package' THEN 'package'
    WHEN n = 'membership' THEN 'membership'
    ELSE 'other'
  END)[1]
);

-- The tenders that a text names, with a comma, plus, slash, semicolon, ampersand or an "and" between.
CREATE MACRO tenders_of(names) AS (
  list_transform(
    list_filter(
      regexp_split_to_array(regexp_replace(lower(names), '\([^)]*\)', '', 'g'), '[,;+/&|]|\s+and\s+'),
      lambda n: word(n) <> ''),
    lambda n: one_tender(n))
);

-- The tender of a payment whose text may name several: where these are not one tender, nobody knows
-- how much each paid, and it is other.
CREATE MACRO tender_of(names) AS (
  list_transform(
    [list_distinct(tenders_of(names))],
    lambda t: CASE WHEN len(t) = 1 THEN t[1] ELSE 'other' END)[1]
);

-- A local date and time in one of the given formats, as ISO text.
CREATE MACRO date_time(value, formats) AS (
  coalesce(strftime(try_strptime(trim(value), formats), '%Y-%m-%dT%H:%M:%S'), value)
);

-- A text that begins with a date of numbers, such as 3/9/2026 or 3/9/26, that date as ISO; the order is
-- that of the file, which the columns under dates in the mapping prove or the source tells.
CREATE MACRO iso_day(value) AS (
  CASE
    WHEN regexp_matches(value, '^\s*[0-9]{1,2}[-./][0-9]{1,2}[-./]([0-9]{4}|[0-9]{2})([^0-9]|$)')
      THEN
        CASE
          WHEN length(regexp_extract(value, '^\s*[0-9]+[-./][0-9]+[-./]([0-9]+)', 1)) = 2 THEN '20'
          ELSE ''
        END
        || regexp_replace(
          trim(value),
          '^([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4}|[0-9]{2})(.*)$',
          CASE getvariable('dates')
            WHEN 'mdy' THEN '\3-\1-\2\4' WHEN 'dmy' THEN '\3-\2-\1\4' ELSE '\0'
          END)
    ELSE value
  END
);

-- A date of numbers with or without a time, in the order of the file, as ISO text.
CREATE MACRO dated(value) AS (
  date_time(
    iso_day(value),
    ['%Y-%m-%d', '%Y-%m-%d %I:%M %p', '%Y-%m-%d %I:%M%p', '%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %H:%M',
      '%Y-%m-%d %H:%M:%S']
  )
);

-- The same of a date with slashes, hyphens or dots, with or without a time, whose order is mdy or dmy.
CREATE MACRO date_time_of(value, date_order) AS (
  date_time(
    coalesce(
      regexp_replace(
        trim(value),
        '^([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})',
        CASE date_order WHEN 'mdy' THEN '\1/\2/\3' WHEN 'dmy' THEN '\2/\1/\3' END
      ),
      value || ' in an unknown order'
    ),
    ['%m/%d/%Y', '%m/%d/%Y %I:%M %p', '%m/%d/%Y %I:%M%p', '%m/%d/%Y %I:%M:%S %p',
      '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S']
  )
);

-- A time alone on its day; a time with its date stays.
CREATE MACRO on_day(value, date) AS (
  CASE WHEN regexp_matches(value, '^\s*[0-9]{1,2}:[0-9]{2}') THEN date || ' ' || trim(value) ELSE value END
);

-- How far a zone is ahead of UTC at a UTC instant.
CREATE MACRO offset_at(zone, utc) AS (timezone(zone, timezone('UTC', utc)) - utc);

-- The instant of a local time, by the offsets in force the day before and the day after. A time that
-- daylight saving skips moves forward by the gap, an ambiguous one takes the earlier offset.
CREATE MACRO local_instant_near_transition(local, zone) AS (
  CASE
    WHEN timezone(zone, timezone('UTC', local - offset_at(zone, local - INTERVAL 1 DAY))) = local
      THEN timezone('UTC', local - offset_at(zone, local - INTERVAL 1 DAY))
    WHEN timezone(zone, timezone('UTC', local - offset_at(zone, local + INTERVAL 1 DAY))) = local
      THEN timezone('UTC', local - offset_at(zone, local + INTERVAL 1 DAY))
    ELSE timezone('UTC', local - offset_at(zone, local - INTERVAL 1 DAY))
  END
);

-- The same, quickly on days on which no location's clock is changed: these are nearly all days, and
-- on them a local time is one instant. The list covers 2000 to 2040.
CREATE MACRO local_instant(local, zone) AS (
  CASE
    WHEN local < TIMESTAMP '2000-01-02' OR local >= TIMESTAMP '2040-12-31'
      OR list_contains(getvariable('transition_days'), CAST(local AS DATE) - DATE '1970-01-01')
      THEN local_instant_near_transition(local, zone)
    ELSE timezone(zone, local)
  END
);

-- A text that names an instant: with an offset as it stands, without one as local time of the zone.
-- Anything else that follows the time, such as the name of a zone, is not guessed.
CREATE MACRO instant(value, zone) AS (
  CASE
    WHEN regexp_full_match(value, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?')
      THEN local_instant(TRY_CAST(value AS TIMESTAMP), zone)
    WHEN regexp_full_match(value, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9:.]+\s*(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)')
      THEN TRY_CAST(
        regexp_replace(
          replace(regexp_replace(value, '\s*(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)$', '\1'), 'UTC', 'Z'),
          '([+-][0-9]{2})([0-9]{2})$', '\1:\2') AS TIMESTAMPTZ)
  END
);

-- The IANA zone behind a label such as 'Eastern Time (US & Canada)'; an IANA name stays.
CREATE MACRO zone_of(label) AS (
  CASE
    WHEN map_contains(getvariable('zone_labels'), label) THEN getvariable('zone_labels')[label]
    WHEN list_contains(getvariable('zone_names'), label) THEN label
  END
);

-- A local date and time of another zone than the location's, as ISO text with UTC offset. What a macro
-- uses many times is computed in a list of one: else it would stand many times in the query.
CREATE MACRO date_time_in(value, formats, label) AS (
  coalesce(
    strftime(
      timezone(
        'UTC',
        list_transform(
          [{'local': try_strptime(trim(value), formats), 'zone': zone_of(label)}],
          lambda t: local_instant_near_transition(t.local, t.zone))[1]),
      '%Y-%m-%dT%H:%M:%SZ'
    ),
    value || ' in an unknown zone'
  )
);

-- A date and time with the abbreviation of a zone behind it, such as 8:00:00 AM CDT; without one it
-- is local.
CREATE MACRO date_time_zoned(value, formats) AS (
  CASE
    WHEN regexp_matches(trim(value), '\s[A-Z]{3,5}$')
      THEN date_time_in(
        regexp_replace(trim(value), '\s+[A-Z]{3,5}$', ''), formats,
        regexp_extract(trim(value), '[A-Z]{3,5}$'))
    ELSE date_time(value, formats)
  END
);
