/** A consultant's portfolio as one web page to sort, filter and take along. */
package medspa.charts.page;
