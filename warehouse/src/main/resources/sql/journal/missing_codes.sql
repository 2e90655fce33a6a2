SELECT DISTINCT account FROM lines WHERE account_code IS NULL ORDER BY account
