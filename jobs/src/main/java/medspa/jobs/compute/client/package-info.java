/** What a client of a practice does over time: the first visit, the next booking, the return. */
package medspa.jobs.compute.client;
