package medspa.jobs.compute.measure;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of some measures.
 *
 * @param measures the measures that they can be of
 * @param rows practice_id, location_id, grain, member_id, date, measure, amount; several may be of
 *     the same measure, day and member
 */
public record Measured(Set<String> measures, Dataset<Row> rows) {}
