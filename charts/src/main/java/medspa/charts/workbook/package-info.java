/**
 * A book of tables as an XLSX file (ECMA-376), written part by part: rows go straight to the file,
 * so that memory does not grow with them and nothing lies in a directory for temporary files, and
 * equal books give equal bytes. Knows no section.
 */
package medspa.charts.workbook;
