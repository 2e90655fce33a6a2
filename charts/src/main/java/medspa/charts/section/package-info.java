/** What reports say: one class for each section, from facts to blocks of the document. */
package medspa.charts.section;
