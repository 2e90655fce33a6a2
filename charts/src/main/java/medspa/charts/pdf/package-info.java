/** From a page in XHTML and its figures to the bytes of an accessible, archivable PDF. */
package medspa.charts.pdf;
