/**
 * From a document to the bytes of an accessible, archivable PDF; a template for each kind of block.
 */
package medspa.charts.pdf;
