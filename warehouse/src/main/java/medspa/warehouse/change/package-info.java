/**
 * When a weekly series has moved to another level, and where the period of each level begins. Plain
 * arithmetic over weeks and values; knows no tables.
 */
package medspa.warehouse.change;
