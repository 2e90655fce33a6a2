/**
 * Spark jobs: bronze is folded into the current rows of silver, and silver into the measures of
 * gold.
 *
 * <p>{@link medspa.jobs.compute.Computation} is the only door. The rules that need care (sets of
 * instants, days, stock) are plain Java classes without Spark; the datasets around them are plain
 * data frames that read and return rows and never write. Each domain has a package of its own.
 */
package medspa.jobs.compute;
