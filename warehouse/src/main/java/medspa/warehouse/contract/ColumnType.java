package medspa.warehouse.contract;

/** The types a canonical column can have, with the DuckDB type they are stored in. */
public enum ColumnType {
  /** An id of a vendor's system, as text. */
  ID("VARCHAR"),
  /** A name or label, as text. Never free text about a client. */
  TEXT("VARCHAR"),
  /** A word of a closed vocabulary. */
  WORD("VARCHAR"),
  /** A client's id on the way in, a keyed pseudonym once stored. */
  CLIENT("VARCHAR"),
  /** An instant; without an offset in the export it is local time of the row's location. */
  INSTANT("TIMESTAMP WITH TIME ZONE"),
  /** A calendar day. */
  DATE("DATE"),
  /** An amount of money with up to four decimals. */
  MONEY("DECIMAL(18,4)"),
  /** A quantity with up to four decimals. */
  QUANTITY("DECIMAL(18,4)"),
  /** A whole number. */
  INTEGER("INTEGER"),
  /** Yes or no. */
  BOOLEAN("BOOLEAN");

  private final String duckdbType;

  ColumnType(String duckdbType) {
    this.duckdbType = duckdbType;
  }

  /** The DuckDB type, which is also the logical type in Parquet. */
  public String duckdbType() {
    return duckdbType;
  }
}
