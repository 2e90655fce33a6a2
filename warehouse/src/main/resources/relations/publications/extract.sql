-- When what was published, without how many files and numbers of everybody went in.
SELECT
  * REPLACE (
    NULL AS bronze_files, NULL AS numbers_changed, NULL AS numbers_restated)
FROM published.publications
