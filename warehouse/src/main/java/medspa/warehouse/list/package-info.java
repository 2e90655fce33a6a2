/**
 * What a list of the warehouse is made of: the columns of canonical tables without which it says
 * nothing, and those without which it says less. Definitions in {@code lists/}, one file each.
 */
package medspa.warehouse.list;
