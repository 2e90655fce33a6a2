package medspa.charts.workbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import medspa.charts.document.Tone;

/** How cells look, each look kept once in the order of its first use. */
final class Styles {
  /** The first number that a format of one's own may have. */
  private static final int FIRST_FORMAT = 164;

  /** What is to be filled in; each cell has an edge, so that many of them are no block. */
  private static final String TO_FILL_IN = "FFF2B3";

  private static final String EDGE = " style=\"thin\"><color rgb=\"FFC9BE8A\"/>";

  private static final List<Face> FACES = List.of(Face.values());

  /** The kinds of letters that a cell is set in. */
  enum Face {
    PLAIN("", 11, "1B2733"),
    STRONG("<b/>", 11, "1B2733"),
    TITLE("<b/>", 16, "1B2733"),
    QUIET("", 11, "6B7785");

    private final String font;

    Face(String weight, int size, String color) {
      font =
          "<font>"
              + weight
              + "<sz val=\""
              + size
              + "\"/><color rgb=\"FF"
              + color
              + "\"/><name val=\"Calibri\"/><family val=\"2\"/></font>";
    }
  }

  /**
   * The look of a cell.
   *
   * @param format as a spreadsheet writes it; empty for what needs none
   * @param fill as RRGGBB; empty for none
   * @param isLiteral whether the text stays a text when somebody edits the cell, whatever it begins
   *     with
   */
  record Look(String format, Face face, String fill, boolean wraps, boolean isLiteral) {
    static Look plain() {
      return new Look("", Face.PLAIN, "", false, false);
    }

    Look formatted(String other) {
      return new Look(other, face, fill, wraps, isLiteral);
    }

    Look in(Face other) {
      return new Look(format, other, fill, wraps, isLiteral);
    }

    Look wrapping() {
      return new Look(format, face, fill, true, isLiteral);
    }

    Look literal() {
      return new Look(format, face, fill, wraps, true);
    }

    Look toned(Tone tone) {
      return switch (tone) {
        case HIGHEST_QUARTER -> filled("CFE3F3");
        case UPPER_QUARTER -> filled("EAF3FA");
        case LOWER_QUARTER -> filled("FBEDE2");
        case LOWEST_QUARTER -> filled("F5D3BC");
        case MISSING -> filled(TO_FILL_IN);
        case FEW, QUIET -> in(Face.QUIET);
        case STRONG -> in(Face.STRONG);
        default -> this;
      };
    }

    private Look filled(String color) {
      return new Look(format, face, color, wraps, isLiteral);
    }
  }

  private final Map<Look, Integer> looks = new LinkedHashMap<>();

  Styles() {
    number(Look.plain());
  }

  /** The number by which a cell says its look. */
  int number(Look look) {
    return looks.computeIfAbsent(look, l -> looks.size());
  }

  String xml() {
    List<String> formats =
        looks.keySet().stream().map(Look::format).filter(f -> !f.isEmpty()).distinct().toList();
    List<String> fills =
        looks.keySet().stream().map(Look::fill).filter(f -> !f.isEmpty()).distinct().toList();
    StringBuilder xml =
        new StringBuilder(
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < formats.size(); i++) {
      numbered.add(
          "<numFmt numFmtId=\""
              + (FIRST_FORMAT + i)
              + "\" formatCode=\""
              + Parts.escaped(formats.get(i))
              + "\"/>");
    }
    if (!numbered.isEmpty()) {
      append(xml, "numFmts", numbered);
    }
    append(xml, "fonts", FACES.stream().map(face -> face.font).toList());
    // The first two are what a spreadsheet expects there.
    List<String> patterns =
        new ArrayList<>(
            List.of(
                "<fill><patternFill patternType=\"none\"/></fill>",
                "<fill><patternFill patternType=\"gray125\"/></fill>"));
    fills.forEach(
        color ->
            patterns.add(
                "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF"
                    + color
                    + "\"/><bgColor indexed=\"64\"/></patternFill></fill>"));
    append(xml, "fills", patterns);
    List<String> borders =
        new ArrayList<>(List.of("<border><left/><right/><top/><bottom/><diagonal/></border>"));
    if (fills.contains(TO_FILL_IN)) {
      borders.add(
          "<border><left"
              + EDGE
              + "</left><right"
              + EDGE
              + "</right><top"
              + EDGE
              + "</top><bottom"
              + EDGE
              + "</bottom><diagonal/></border>");
    }
    append(xml, "borders", borders);
    append(
        xml,
        "cellStyleXfs",
        List.of("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"));
    append(
        xml, "cellXfs", looks.keySet().stream().map(look -> cell(look, formats, fills)).toList());
    append(xml, "cellStyles", List.of("<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"));
    return xml.append("<dxfs count=\"0\"/>")
        .append(
            "<tableStyles count=\"0\" defaultTableStyle=\"TableStyleMedium2\""
                + " defaultPivotStyle=\"PivotStyleLight16\"/>")
        .append("</styleSheet>")
        .toString();
  }

  private static String cell(Look look, List<String> formats, List<String> fills) {
    int format = look.format().isEmpty() ? 0 : FIRST_FORMAT + formats.indexOf(look.format());
    int fill = look.fill().isEmpty() ? 0 : 2 + fills.indexOf(look.fill());
    return "<xf numFmtId=\""
        + format
        + "\" fontId=\""
        + FACES.indexOf(look.face())
        + "\" fillId=\""
        + fill
        + "\" borderId=\""
        + (look.fill().equals(TO_FILL_IN) ? 1 : 0)
        + "\" xfId=\"0\""
        + (look.fill().equals(TO_FILL_IN) ? " applyBorder=\"1\"" : "")
        + (look.isLiteral() ? " quotePrefix=\"1\"" : "")
        + (format == 0 ? "" : " applyNumberFormat=\"1\"")
        + (look.face() == Face.PLAIN ? "" : " applyFont=\"1\"")
        + (fill == 0 ? "" : " applyFill=\"1\"")
        + (look.wraps()
            ? " applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
            : "/>");
  }

  private static void append(StringBuilder xml, String name, List<String> elements) {
    xml.append(
        elements.stream()
            .collect(
                Collectors.joining(
                    "", "<" + name + " count=\"" + elements.size() + "\">", "</" + name + ">")));
  }
}
