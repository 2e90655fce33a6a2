/** The read side of the published warehouse: its rows as records, nothing computed. */
package medspa.charts.read;
