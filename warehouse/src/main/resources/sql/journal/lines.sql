-- The lines of entries, with the accounts of the practice's own books. What was exported of a location that
-- the warehouse does not know any more has the location's id for a name.
WITH accounts (account, account_name, account_code, contact) AS (
  VALUES ${accounts}
), entries (entry_number, adjusts, journal_date, location_id, position, account, memo, amount) AS (
  VALUES ${entries}
), lines AS (
  SELECT
    e.entry_number, e.adjusts, CAST(e.journal_date AS DATE) AS journal_date, ${practice} AS practice_id, e.location_id,
    coalesce(l.name, e.location_id) AS location_name, e.position, e.account, a.account_code, coalesce(a.account_name, e.account) AS account_name, a.contact,
    CASE WHEN e.amount > 0 THEN CAST(e.amount AS DECIMAL(38, 2)) END AS debit,
    CASE WHEN e.amount < 0 THEN CAST(-e.amount AS DECIMAL(38, 2)) END AS credit,
    e.memo
  FROM entries e
  LEFT JOIN locations l ON l.practice_id = ${practice} AND l.location_id = e.location_id
  LEFT JOIN accounts a USING (account)
)
