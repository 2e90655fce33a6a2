/** From a document to one HTML file that needs no network; a template for each kind of block. */
package medspa.charts.html;
