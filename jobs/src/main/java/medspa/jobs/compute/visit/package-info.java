/**
 * Visits and the booked services they consist of: outcomes, punctuality, waiting, double bookings.
 */
package medspa.jobs.compute.visit;
