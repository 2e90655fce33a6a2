/**
 * Where one run computes and writes: the Spark session, sized to the work, and the directories of
 * the run. Knows no tables.
 */
package medspa.jobs.compute.session;
