package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
  @TempDir Path folder;

  @Test
  void everyPracticeAndConsultantGetsAReport() {
    Path warehouse = MarketFixture.write(folder.resolve("medspa.duckdb"));
    List<String> lines = new ArrayList<>();
    Path out = Path.of(System.getProperty("keep", folder.resolve("reports").toString()));
    List<Path> written =
        Reports.write(
            new ReportRequest(warehouse, out, Optional.empty(), Optional.empty(), PageSize.LETTER),
            lines::add);
    assertThat(written).hasSize(7);
  }
}
