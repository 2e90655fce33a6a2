package medspa.charts.figure;

import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.data.category.CategoryDataset;

/** Labels at bars by a function of value and column. */
final class BarLabels implements CategoryItemLabelGenerator {
  /** The words at one bar. */
  interface Words {
    String at(double value, int column);
  }

  private final Words words;

  BarLabels(Words words) {
    this.words = words;
  }

  @Override
  public String generateLabel(CategoryDataset data, int row, int column) {
    return words.at(data.getValue(row, column).doubleValue(), column);
  }

  @Override
  public String generateRowLabel(CategoryDataset data, int row) {
    return String.valueOf(data.getRowKey(row));
  }

  @Override
  public String generateColumnLabel(CategoryDataset data, int column) {
    return String.valueOf(data.getColumnKey(column));
  }
}
