package medspa.charts;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
  public static void main(String... arguments) throws IOException {
    int letters = Integer.parseInt(arguments[1]);
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long pages = 0;
    try (PublishedWarehouse warehouse = PublishedWarehouse.open(Path.of(arguments[0]))) {
      List<Practice> practices = warehouse.practices();
      PdfRenderer renderer = new PdfRenderer();
      for (int i = 0; i < letters; i++) {
        Practice practice = practices.get(i % practices.size());
        byte[] pdf =
            renderer.render(
                new OwnerReport()
                    .of(
                        warehouse.run(),
                        warehouse.kpis(),
                        warehouse.practiceFacts(practice, Optional.empty())),
                PageSize.A4.paper());
        if (i < practices.size()) {
          try (PDDocument document = Loader.loadPDF(pdf)) {
            pages +=
                (long) document.getNumberOfPages() * ((letters - i - 1) / practices.size() + 1);
          }
        }
      }
    }
    double seconds = process.getProcessCpuTime() / 1e9;
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
        pages,
        seconds,
        seconds * 1000 / pages,
        heap >> 20);
  }
}
