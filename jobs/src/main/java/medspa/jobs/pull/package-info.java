/**
 * Exports that are fetched: files of an SFTP or web server and the objects of the Square API, as
 * whole files below the workspace's {@code exports/}. Knows no tables and reads no export.
 */
package medspa.jobs.pull;
