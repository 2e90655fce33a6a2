/** What a practice can do, as data: definitions in {@code actions/}, one file each. */
package medspa.warehouse.action;
