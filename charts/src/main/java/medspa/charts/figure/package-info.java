/** Charts, their one theme, and how numbers are written. */
package medspa.charts.figure;
