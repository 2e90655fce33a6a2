/**
 * Instants, local days and opening hours in plain Java, and intervals cut at local midnights. Knows
 * no tables.
 */
package medspa.jobs.compute.time;
