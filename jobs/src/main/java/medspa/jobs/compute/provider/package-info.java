/** The time of providers: shifts, what becomes of bookable time, time cards and overtime. */
package medspa.jobs.compute.provider;
