SELECT 'practice' AS audience, practice_id AS audience_id, practice_id FROM practices
UNION ALL
SELECT DISTINCT 'consultant', consultant_id, practice_id FROM consultants
