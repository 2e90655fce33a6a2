/** The time and the number of treatment rooms. */
package medspa.jobs.compute.room;
