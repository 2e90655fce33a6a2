package medspa.jobs.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.measure.MeasureFamily;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What is declared is measured, what is measured is declared, and each mistake has its names. */
class DomainsTest {
  private static final MeasureCatalogue CATALOGUE = MeasureCatalogue.load();

  /** A source that measures what it is told, from whatever it reads. */
  private record Source(String family, Map<String, Reach> reach, Set<String> yields, String reads)
      implements MeasureSource {
    @Override
    public List<Measured> measured(MeasureInputs in) {
      return List.of(in.measured(yields, in.dataset(reads)));
    }
  }

  private static Source receipts(Set<String> yields, String reads) {
    return new Source(
        "receipts", Map.of("sale_lines", Reach.RECEIPT, "payments", Reach.RECEIPT), yields, reads);
  }

  private static List<Dataset<Row>> rowsOf(MeasureSource source) {
    MeasureFamily family =
        CATALOGUE.families().stream()
            .filter(f -> f.id().equals(source.family()))
            .findFirst()
            .orElseThrow();
    Dataset<Row> nothing = SharedSpark.session().emptyDataFrame();
    Silver silver = new Silver(table -> nothing, nothing, LocalDate.of(2026, 3, 2));
    return MeasureInputs.of(
            source,
            family,
            silver,
            dataset -> nothing,
            new TestMarket().location("glow", "loop").build(),
            LocalDate.of(2026, 2, 23))
        .rowsOf(source);
  }

  @Test
  void everyFamilyThatIsDeclaredHasItsSource() {
    assertThat(Domains.measuring(CATALOGUE, Domains.sources())).hasSameSizeAs(CATALOGUE.families());
  }

  @Test
  void familiesWithoutASourceAndSourcesWithoutAFamilyAreNamed() {
    List<MeasureSource> sources = new ArrayList<>(Domains.sources());
    sources.removeIf(source -> source.family().equals("overtime"));
    sources.removeIf(source -> source.family().equals("payments"));
    sources.add(new Source("payments", Map.of("sale_lines", Reach.OWN_DAY), Set.of(), ""));
    sources.add(new Source("moon_phases", Map.of(), Set.of(), ""));
    sources.add(receipts(Set.of(), ""));

    assertThatThrownBy(() -> Domains.measuring(CATALOGUE, sources))
        .hasMessage(
            "Families of measures: moon_phases is measured, but not declared; overtime is declared,"
                + " but nobody measures it; payments is declared to be made of [payments], but its"
                + " source says [sale_lines]; receipts has two sources");
  }

  @Test
  void aMeasureThatIsNotDeclaredAndOneThatNobodyMeasuresAreNamed() {
    Set<String> all =
        Set.of("receipts", "billed", "collected", "billed_at_close", "collected_at_close");
    assertThat(rowsOf(receipts(all, "silver/payments"))).hasSize(1);
    assertThatThrownBy(() -> rowsOf(receipts(Set.of("billed", "biled"), "silver/payments")))
        .hasMessage("measures/receipts.yaml does not declare biled");
    Set<String> some = Set.of("billed", "billed_at_close", "collected_at_close");
    assertThatThrownBy(() -> rowsOf(receipts(some, "silver/payments")))
        .hasMessage("measures/receipts.yaml declares collected, receipts, which nobody measures");
  }

  @Test
  void aSourceReadsOnlyWhatItNeeds() {
    assertThatThrownBy(() -> rowsOf(receipts(Set.of("billed"), "silver/clients")))
        .hasMessage("The source of receipts reads silver/clients, but does not need it");
  }
}
