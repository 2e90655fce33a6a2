/** Bronze folded into the current row per business key. */
package medspa.jobs.compute.fold;
