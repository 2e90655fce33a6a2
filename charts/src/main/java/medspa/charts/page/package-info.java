/** What a report says: its sentences, tables and figures, as views for the templates. */
package medspa.charts.page;
