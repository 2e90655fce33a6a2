/** Which sections a report has, in which order: from facts to the document. */
package medspa.charts.report;
