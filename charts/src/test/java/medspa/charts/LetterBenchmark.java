package medspa.charts;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import medspa.charts.pdf.PdfRenderer;
import medspa.charts.read.Practice;
import medspa.charts.read.PublishedWarehouse;
import medspa.charts.report.OwnerReport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * What a letter costs where there are many of them: reads and renders the letters of a published
 * warehouse in turn, as {@code medspa report} does, and tells processor seconds, pages and memory
 * as one line of JSON. {@code bench/letters} runs it; it is no test, because a shared machine is no
 * clock.
 */
public final class LetterBenchmark {
  private LetterBenchmark() {}

  /**
   * Measures.
   *
   * @param arguments the warehouse, and how many letters
   */
  public static void main(String... arguments) {
    int letters = Integer.parseInt(arguments[1]);
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    int[] pages = {0};
    // What counting pages costs is not the letters'.
    long[] counting = {0};
    try (PublishedWarehouse warehouse = PublishedWarehouse.open(Path.of(arguments[0]))) {
      List<Practice> practices = warehouse.practices();
      PdfRenderer renderer = new PdfRenderer();
      Map<String, Integer> pagesOf = new HashMap<>();
      for (int left = letters; left > 0; left -= practices.size()) {
        warehouse.eachPractice(
            practices.subList(0, Math.min(left, practices.size())),
            Optional.empty(),
            facts -> {
              byte[] pdf =
                  renderer.render(
                      new OwnerReport().of(warehouse.run(), warehouse.kpis(), facts),
                      PageSize.A4.paper());
              long before = process.getProcessCpuTime();
              pages[0] += pagesOf.computeIfAbsent(facts.practice().id(), id -> pages(pdf));
              counting[0] += process.getProcessCpuTime() - before;
            },
            (practice, e) -> {
              throw e;
            });
      }
    }
    double seconds = (process.getProcessCpuTime() - counting[0]) / 1e9;
    long heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(java.lang.management.MemoryUsage::getUsed)
            .sum();
    System.out.printf(
        Locale.ROOT,
        "{\"letters\":%d,\"pages\":%d,\"cpu_seconds\":%.1f,\"cpu_seconds_per_1000_pages\":%.1f,"
            + "\"peak_heap_mb\":%d}%n",
        letters,
        pages[0],
        seconds,
        seconds * 1000 / pages[0],
        heap >> 20);
  }

  private static int pages(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return document.getNumberOfPages();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
