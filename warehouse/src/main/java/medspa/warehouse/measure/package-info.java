/**
 * What is measured: every measure that a computation writes is declared once, in {@code
 * measures/*.yaml}, and whoever writes, adds, divides or explains one follows the declaration.
 */
package medspa.warehouse.measure;
