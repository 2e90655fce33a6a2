-- The entries of some days with the accounts of the practice's own books: one per location and day, or
-- one per location for all days, dated on the last. The number of an entry follows from its days and its
-- location alone, whatever other locations there are, and is short enough for every importer.
WITH accounts (account, account_name, account_code, contact) AS (
  VALUES ${accounts}
), amounts AS (
  SELECT
    practice_id, location_id,
    CASE WHEN ${is_total} THEN DATE '${to}' ELSE date END AS journal_date,
    position, account, memo,
    sum(coalesce(debit, 0) - coalesce(credit, 0)) AS amount
  FROM journal_daily
  WHERE practice_id = ${practice} AND date BETWEEN DATE '${from}' AND DATE '${to}'
    AND (${location} IS NULL OR location_id = ${location})
  GROUP BY ALL
), numbered AS (
  SELECT
    *,
    CASE WHEN ${is_total}
      THEN 'T' || strftime(DATE '${from}', '%y%m%d') || '-' || strftime(journal_date, '%y%m%d') || '-'
        || left(sha256(location_id), 6)
      ELSE 'J' || strftime(journal_date, '%y%m%d') || '-' || left(sha256(location_id), 8)
    END AS entry_number
  FROM amounts
  WHERE amount <> 0
), lines AS (
  SELECT
    n.entry_number, n.journal_date, n.practice_id, n.location_id,
    l.name AS location_name, n.position, n.account, a.account_code, a.account_name, a.contact,
    CASE WHEN n.amount > 0 THEN n.amount END AS debit,
    CASE WHEN n.amount < 0 THEN -n.amount END AS credit,
    n.memo
  FROM numbered n
  JOIN locations l USING (practice_id, location_id)
  JOIN accounts a USING (account)
  WHERE ${entries}
)
