/** The stockroom: lots replayed event by event, and what follows for days and weeks. */
package medspa.jobs.compute.stock;
