/**
 * The model of a report before it is a PDF, a web page or a workbook: chapters of blocks, which say
 * what is told and leave to the output how it looks.
 */
package medspa.charts.document;
