package medspa.jobs.compute;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.market.Market;

/** A lake whose bronze a test writes batch by batch. */
public final class TestLake {
  private final Lake lake;
  private final Market market;
  private long sequence = 0;

  public TestLake(Path directory, Market market) {
    this.lake = new Lake(directory);
    this.market = market;
  }

  public Lake lake() {
    return lake;
  }

  /** The next batch, of a source named like the way of delivery. */
  public TestBatch batch(Delivery delivery) {
    return batch(delivery.name(), delivery);
  }

  public TestBatch batch(String source, Delivery delivery) {
    sequence++;
    return new TestBatch(lake, market, sequence, source, delivery);
  }

  public ComputeRequest request(String asOf, boolean rebuild) {
    return new ComputeRequest(
        lake,
        market,
        LocalDate.parse(asOf),
        Optional.empty(),
        "configuration-1",
        "code-1",
        Optional.empty(),
        rebuild,
        line -> {});
  }

  /** What was known when a batch had been written, computed beside what is known now. */
  public Results knownAt(String asOf, long batch) {
    ComputeRequest now = request(asOf, false);
    SharedSpark.compute(
        new ComputeRequest(
            lake.knownAt(batch),
            market,
            now.asOf(),
            Optional.of(batch),
            now.configurationDigest(),
            now.codeVersion(),
            now.sparkMaster(),
            false,
            now.progress()));
    return new Results(lake.knownAt(batch));
  }

  public ComputeResult computeAgain(String asOf, boolean rebuild) {
    return SharedSpark.compute(request(asOf, rebuild));
  }

  public Results compute(String asOf) {
    SharedSpark.compute(request(asOf, false));
    return new Results(lake);
  }
}
