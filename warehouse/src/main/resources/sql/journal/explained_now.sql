-- What the days have of each account now.
SELECT account, sum(amount) AS amount FROM lines GROUP BY ALL
