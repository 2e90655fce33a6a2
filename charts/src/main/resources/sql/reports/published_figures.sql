-- Figures of the trade that stand beside KPIs; amounts only in the currency of the workspace.
SELECT *
FROM published_figures
WHERE currency IS NULL OR currency = $1
ORDER BY kpi, year, figure
