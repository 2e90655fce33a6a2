/** Revenue, sales visits, receipts and payments. */
package medspa.jobs.compute.sale;
