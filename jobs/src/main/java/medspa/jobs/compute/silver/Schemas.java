package medspa.jobs.compute.silver;

import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Spark's view of the table contracts. */
public final class Schemas {
  private Schemas() {}

  /** Money and quantities as they are stored. */
  public static final DataType MONEY = DataTypes.createDecimalType(18, 4);

  /** Amount of a measure. */
  public static final DataType AMOUNT = DataTypes.createDecimalType(38, 10);

  /** The columns of a table in bronze that the fold reads. */
  public static StructType bronze(TableContract contract) {
    StructType schema = new StructType().add("practice_id", DataTypes.StringType);
    for (Column column : contract.columns()) {
      schema = schema.add(column.storedName(), type(column.type()));
    }
    return schema
        .add("source_file_id", DataTypes.StringType)
        .add("source_line", DataTypes.LongType);
  }

  private static DataType type(ColumnType type) {
    return switch (type) {
      case ID, TEXT, WORD, CLIENT -> DataTypes.StringType;
      case INSTANT -> DataTypes.TimestampType;
      case DATE -> DataTypes.DateType;
      case MONEY, QUANTITY -> MONEY;
      case INTEGER -> DataTypes.IntegerType;
      case BOOLEAN -> DataTypes.BooleanType;
    };
  }
}
