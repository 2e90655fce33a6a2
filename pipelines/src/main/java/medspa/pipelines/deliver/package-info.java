/**
 * Letters and alerts on their way to whom they are for, each at most once; knows no number of them.
 */
package medspa.pipelines.deliver;
