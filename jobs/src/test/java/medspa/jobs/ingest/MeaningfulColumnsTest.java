package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column that may change what a row means is read, or left out for a written reason. */
class MeaningfulColumnsTest {
  private static final Path PAGE = Path.of("..", "docs", "columns.md");

  private static final Set<String> WORDS =
      Set.of(
          "status",
          "state",
          "void",
          "voided",
          "test",
          "currency",
          "unit",
          "units",
          "uom",
          "class",
          "waitlist",
          "deleted",
          "cancel",
          "cancelled",
          "canceled",
          "archived",
          "refund",
          "refunds",
          "refunded",
          "return",
          "returned",
          "deposit",
          "internal",
          "block",
          "blocked",
          "draft",
          "break",
          "hidden",
          "unlinked",
          "type");

  private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])");
  private static final Pattern REASON = Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\| .+ \\|");

  @TempDir Path directory;

  @Test
  void noIgnoredColumnSpeaksOfAStateAClassACurrencyOrAUnitWithoutAWrittenReason() throws Exception {
    Set<String> ignored = new TreeSet<>();
    for (Mapping mapping : shipped().all()) {
      for (String column : mapping.header().ignored()) {
        if (isMeaningful(column)) {
          ignored.add(mapping.id() + " " + column);
        }
      }
    }

    assertThat(ignored).isNotEmpty().isEqualTo(reasons());
  }

  @Test
  void aColumnIsMeaningfulByAWholeWordOfItsName() {
    assertThat(
            Set.of("Order Payment State", "IsWaitlist", "total_money.currency", "classID", "UOM"))
        .allMatch(MeaningfulColumnsTest::isMeaningful);
    assertThat(Set.of("Unitary", "Statement", "Classic", "Notes"))
        .noneMatch(MeaningfulColumnsTest::isMeaningful);
  }

  private Mappings shipped() {
    Problems problems = new Problems();
    Mappings mappings = Mappings.load(TableContracts.load(), directory, problems);
    problems.failIfAny();
    return mappings;
  }

  private static boolean isMeaningful(String column) {
    Matcher words = WORD.matcher(column);
    while (words.find()) {
      if (WORDS.contains(words.group().toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /** Mapping and column of each row below the heading "Left out, and why". */
  private static Set<String> reasons() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> reasons = new TreeSet<>();
    Matcher row = REASON.matcher(page.substring(page.indexOf("## Left out, and why")));
    while (row.find()) {
      reasons.add(row.group(1) + " " + row.group(2));
    }
    return reasons;
  }
}
