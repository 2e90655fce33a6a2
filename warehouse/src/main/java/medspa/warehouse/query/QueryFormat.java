package medspa.warehouse.query;

/** How the rows of a query are written. */
public enum QueryFormat {
  /** Aligned columns for the eye, with the number of rows below; NULL is written as such. */
  TABLE,
  /** RFC 4180 with a header; NULL is an empty field, an empty text is {@code ""}. */
  CSV,
  /** An array of objects, one per row; two columns of one name get a number each. */
  JSON
}
