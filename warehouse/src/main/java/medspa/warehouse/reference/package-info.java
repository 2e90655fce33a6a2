/**
 * The reference workbook: what a person writes down about services, products, rooms and people
 * because no export tells it. Its sheets are data ({@code reference/}, one file each); what it is
 * suggested with comes from the published warehouse.
 */
package medspa.warehouse.reference;
