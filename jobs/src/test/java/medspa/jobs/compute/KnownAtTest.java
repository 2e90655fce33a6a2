package medspa.jobs.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import medspa.jobs.compute.fold.Fold;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.market.Market;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look back gives what was computed then, whatever has come in since. */
@Tag("full")
final class KnownAtTest {
  private static final String AS_OF = "2026-05-04";

  @TempDir Path directory;

  private static String appointment(String id, String start, String status) {
    return "location_id=austin provider_id=p client_key=c appointment_id="
        + id
        + " start_at="
        + start
        + " end_at="
        + start.substring(0, 11)
        + "23:59 status="
        + status;
  }

  private static String payment(String id, String amount) {
    return "location_id=austin sale_id=s tender=cash paid_at=2026-03-03T12:00 payment_id="
        + id
        + " amount="
        + amount;
  }

  private static List<String> content(Results results) {
    List<String> rows = new ArrayList<>();
    for (String dataset :
        List.of("silver/appointments", "silver/payments", "gold/measures_daily")) {
      rows.add(dataset);
      rows.addAll(results.rows("SELECT * FROM {" + dataset + "} ORDER BY ALL"));
    }
    return rows;
  }

  /** The current rows of two tables, formed from some batches and from nothing else. */
  private static List<String> folded(TestLake lake, Market market, Bronze bronze) {
    SparkSession spark = SharedSpark.session();
    Fold fold =
        new Fold(spark, lake.lake(), Silver.locations(spark, market), bronze.current(), List.of());
    List<String> rows = new ArrayList<>();
    for (String table : List.of("appointments", "payments")) {
      fold.table(TableContracts.load().table(table)).collectAsList().stream()
          .map(row -> table + " " + row)
          .sorted()
          .forEach(rows::add);
    }
    return rows;
  }

  @Test
  void everyKindOfDeliveryIsUndoneByLookingBack() {
    Market market = new TestMarket().location("glow", "austin").build();
    TestLake lake = new TestLake(directory, market);
    List<List<String>> then = new ArrayList<>();

    String replaced =
        lake.batch("schedule", Delivery.WINDOW)
            .row("appointments", appointment("1", "2026-03-02T09:00", "completed"))
            .row("appointments", appointment("2", "2026-03-03T09:00", "booked"))
            .row("appointments", appointment("3", "2026-03-04T09:00", "booked"))
            .write();
    then.add(folded(lake, market, Bronze.read(lake.lake())));
    // 2 was deleted at the source, 3 came but is rejected, so it stays.
    lake.batch("schedule", Delivery.WINDOW)
        .row("appointments", appointment("1", "2026-03-02T09:00", "no_show"))
        .row("appointments", appointment("4", "2026-03-05T09:00", "completed"))
        .rejected("appointments", "austin", "austin", "3")
        .write();
    then.add(folded(lake, market, Bronze.read(lake.lake())));
    lake.batch("payments", Delivery.APPEND).row("payments", payment("1", "10")).write();
    then.add(folded(lake, market, Bronze.read(lake.lake())));
    List<String> computed = content(lake.compute(AS_OF));
    // The first file is read again under a corrected mapping.
    lake.batch("schedule", Delivery.WINDOW)
        .replacing(replaced, 1)
        .row("appointments", appointment("1", "2026-03-02T09:00", "completed"))
        .row("appointments", appointment("3", "2026-03-04T09:00", "no_show"))
        .write();
    then.add(folded(lake, market, Bronze.read(lake.lake())));
    lake.batch("payments", Delivery.APPEND).row("payments", payment("2", "7")).write();
    then.add(folded(lake, market, Bronze.read(lake.lake())));
    List<String> now = content(lake.compute(AS_OF));
    LakeState current = LakeState.read(lake.lake()).orElseThrow();

    assertThat(then).doesNotHaveDuplicates();
    for (int batch = 1; batch <= then.size(); batch++) {
      assertThat(folded(lake, market, Bronze.read(lake.lake()).knownAt(batch)))
          .as("known at %d", batch)
          .isEqualTo(then.get(batch - 1));
    }
    assertThat(content(lake.knownAt(AS_OF, 3))).isEqualTo(computed).isNotEqualTo(now);
    LakeState state = LakeState.read(lake.lake().knownAt(3)).orElseThrow();
    assertThat(state.knownAt()).contains(3L);
    assertThat(state.bronzeSequence()).isEqualTo(3);
    assertThat(LakeState.read(lake.lake())).as("what is current stays").contains(current);
  }
}
