/**
 * The current rows as the rooms above read them: which rows count before the as-of, what became of
 * an appointment, and how a table contract looks to Spark.
 */
package medspa.jobs.compute.silver;
