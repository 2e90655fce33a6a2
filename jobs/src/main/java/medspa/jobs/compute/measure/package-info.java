/** The one shape of all measures, their grains, and how days add up to weeks. Knows no domain. */
package medspa.jobs.compute.measure;
