package medspa.warehouse.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.explain.Contribution.Origin;
import medspa.warehouse.explain.Explanation.Definition;
import medspa.warehouse.explain.Explanation.Explained;
import medspa.warehouse.explain.Explanation.Part;
import medspa.warehouse.explain.Explanation.Unavailable;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.ResultText;

/**
 * An explanation as text. A table is for the eye and may be cut; CSV has one line per row and JSON
 * one object with everything, both complete.
 */
public final class ExplanationText {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  private static final List<String> CSV_COLUMNS =
      List.of(
          "part",
          "measure",
          "contribution",
          "words",
          "table_name",
          "record_id",
          "local_date",
          "source",
          "file_name",
          "source_line",
          "source_file_id");

  private static final List<String> TABLE_COLUMNS =
      List.of("contribution", "words", "table", "record", "date", "file", "line");

  private ExplanationText() {}

  /**
   * Writes the explanation.
   *
   * @param limit rows of each part that a table shows; empty for all
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(
      Explanation explanation, QueryFormat format, Optional<Integer> limit, Appendable out) {
    try {
      switch (format) {
        case TABLE -> table(explanation, limit, out);
        case CSV -> ResultText.write(QueryFormat.CSV, out, CSV_COLUMNS, csv(explanation));
        case JSON ->
            out.append(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(explanation)))
                .append('\n');
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of nodes is always JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The explanation cannot be written", e);
    }
  }

  private static void table(Explanation explanation, Optional<Integer> limit, Appendable out)
      throws IOException {
    Definition d = explanation.definition();
    out.append(d.label() + " of " + explanation.subject() + "\n");
    line(out, "week", explanation.weekStart() + " to " + explanation.weekStart().plusDays(6));
    if (explanation instanceof Explained e) {
      line(out, "value", value(e));
    } else if (explanation instanceof Unavailable none) {
      line(out, "value", "not available: " + none.reason());
    }
    line(out, "definition", d.kpi() + ", version " + d.version() + ": " + d.description());
    line(out, "formula", d.formula());
    line(out, "left out", d.exclusions());
    line(out, "unit", words(d.unit()) + "; " + better(d.direction()) + " is better");
    if (d.spansDays() > 7) {
      line(out, "spans", d.spansDays() + " days to the end of the week");
    }
    if (explanation instanceof Explained e) {
      for (Part part : e.parts()) {
        line(out, part.name(), plain(part.published()) + " " + part.words());
      }
      if (e.sampleSize().isPresent()) {
        line(
            out,
            "sample",
            plain(e.sampleSize().get())
                + d.sample().map(words -> " " + words).orElse("")
                + (e.isStable() ? "" : ", fewer than 20: not stable"));
      }
      line(out, "as of", e.asOf().toString());
      for (Part part : e.parts()) {
        part(part, limit, out);
      }
      if (e.hint().isPresent()) {
        out.append('\n').append(e.hint().get()).append('\n');
      }
    }
  }

  private static void part(Part part, Optional<Integer> limit, Appendable out) throws IOException {
    out.append("\n" + part.name() + ": " + part.words() + "\n");
    List<Contribution> all = part.contributions();
    if (all.isEmpty()) {
      out.append("No row adds to it");
      out.append(part.addsUp() ? ": it is 0.\n" : ", but published is ");
      out.append(part.addsUp() ? "" : plain(part.published()) + ".\n");
      return;
    }
    int shown = limit.map(most -> Math.min(most, all.size())).orElse(all.size());
    ResultText.write(
        QueryFormat.TABLE,
        out,
        TABLE_COLUMNS,
        all.subList(0, shown).stream()
            .map(
                row ->
                    List.of(
                        row.amount().stripTrailingZeros(),
                        row.words(),
                        row.tableName(),
                        row.recordId(),
                        row.localDate(),
                        row.origin().map(Origin::fileName),
                        row.origin().flatMap(Origin::line)))
            .toList());
    if (shown < all.size()) {
      BigDecimal rest =
          all.subList(shown, all.size()).stream()
              .map(Contribution::amount)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      out.append(
          "and "
              + (all.size() - shown)
              + " more, together "
              + plain(rest)
              + "; --limit 0, --format csv and --format json show all\n");
    }
    out.append("All " + all.size() + " add up to " + plain(part.sum()));
    out.append(
        part.addsUp()
            ? ", the published " + part.name() + ".\n"
            : ", but published is " + plain(part.published()) + ".\n");
  }

  private static void line(Appendable out, String name, String text) throws IOException {
    out.append("  " + name + " ".repeat(Math.max(1, 13 - name.length())) + text + "\n");
  }

  private static String value(Explained e) {
    if (e.value().isEmpty()) {
      return "none: there is nothing to divide by";
    }
    BigDecimal value = BigDecimal.valueOf(e.value().getAsDouble());
    return switch (e.definition().unit()) {
      case "percent" ->
          value.multiply(HUNDRED).setScale(2, RoundingMode.HALF_EVEN).toPlainString() + " %";
      case "money", "money_per_hour" ->
          value.setScale(2, RoundingMode.HALF_EVEN).toPlainString()
              + " "
              + e.definition().currency()
              + (e.definition().unit().equals("money") ? "" : " per hour");
      case "count", "ratio" -> plain(value.setScale(4, RoundingMode.HALF_EVEN));
      default ->
          plain(value.setScale(4, RoundingMode.HALF_EVEN)) + " " + words(e.definition().unit());
    };
  }

  private static List<List<Object>> csv(Explanation explanation) {
    List<List<Object>> lines = new ArrayList<>();
    if (explanation instanceof Explained e) {
      for (Part part : e.parts()) {
        for (Contribution row : part.contributions()) {
          lines.add(
              List.of(
                  part.name(),
                  row.measure(),
                  row.amount(),
                  row.words(),
                  row.tableName(),
                  row.recordId(),
                  row.localDate(),
                  row.origin().flatMap(Origin::source),
                  row.origin().map(Origin::fileName),
                  row.origin().flatMap(Origin::line),
                  row.origin().map(Origin::sourceFileId)));
        }
      }
    }
    return lines;
  }

  /** Properties without a value are null, so that every object has the same ones. */
  private static Map<String, Object> json(Explanation explanation) {
    Definition d = explanation.definition();
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("version", d.version());
    definition.put("label", d.label());
    definition.put("description", d.description());
    definition.put("formula", d.formula());
    definition.put("exclusions", d.exclusions());
    definition.put("unit", d.unit());
    definition.put("direction", d.direction());
    definition.put("numerator", d.numerator());
    definition.put("denominator", d.denominator().orElse(null));
    definition.put("spans_days", d.spansDays());
    definition.put("currency", d.currency());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kpi", d.kpi());
    json.put("subject", explanation.subject());
    json.put("week_start", explanation.weekStart().toString());
    json.put("definition", definition);
    if (explanation instanceof Unavailable none) {
      json.put("unavailable", none.reason());
    } else if (explanation instanceof Explained e) {
      json.put("as_of", e.asOf().toString());
      json.put("value", e.value().isPresent() ? e.value().getAsDouble() : null);
      json.put("sample_size", e.sampleSize().orElse(null));
      json.put("is_stable", e.isStable());
      json.put("adds_up", e.addsUp());
      json.put("parts", e.parts().stream().map(ExplanationText::json).toList());
      json.put("hint", e.hint().orElse(null));
    }
    return json;
  }

  private static Map<String, Object> json(Part part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("part", part.name());
    json.put("words", part.words());
    json.put("published", part.published());
    json.put("sum", part.sum());
    json.put("adds_up", part.addsUp());
    json.put("rows", part.contributions().stream().map(ExplanationText::json).toList());
    return json;
  }

  private static Map<String, Object> json(Contribution row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("measure", row.measure());
    json.put("contribution", row.amount());
    json.put("words", row.words());
    json.put("table_name", row.tableName());
    json.put("record_id", row.recordId());
    json.put("local_date", row.localDate().map(Object::toString).orElse(null));
    json.put("source", row.origin().flatMap(Origin::source).orElse(null));
    json.put("file_name", row.origin().map(Origin::fileName).orElse(null));
    json.put("source_line", row.origin().flatMap(Origin::line).orElse(null));
    json.put("source_file_id", row.origin().map(Origin::sourceFileId).orElse(null));
    return json;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String words(String unit) {
    return unit.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String better(String direction) {
    return direction.equals("up") ? "higher" : "lower";
  }
}
