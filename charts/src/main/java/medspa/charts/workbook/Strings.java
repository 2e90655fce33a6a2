package medspa.charts.workbook;

import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The texts of all cells, each kept once. */
final class Strings {
  /** What a cell can hold. */
  private static final int LONGEST = 32_767;

  private final Map<String, Integer> places = new LinkedHashMap<>();
  private long used;

  /** Where a text stands. */
  int place(String text) {
    used++;
    String kept = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    return places.computeIfAbsent(kept, t -> places.size());
  }

  void write(Writer part) throws IOException {
    part.write(
        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\""
            + used
            + "\" uniqueCount=\""
            + places.size()
            + "\">");
    for (String text : places.keySet()) {
      part.write("<si><t xml:space=\"preserve\">" + Parts.escaped(text) + "</t></si>");
    }
    part.write("</sst>");
  }
}
