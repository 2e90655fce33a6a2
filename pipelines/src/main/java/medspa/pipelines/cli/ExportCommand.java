package medspa.pipelines.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import medspa.charts.ResultBook;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.query.WarehouseQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medspa export}: a relation of the published warehouse, or rows of a query, as a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write a relation of the published warehouse, or the rows of a query, as a workbook for Excel.",
      "Numbers, days and times are such cells; an instant is the local time of the row's location."
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin PublishedOption published = new PublishedOption();
  @Mixin Terminal terminal = new Terminal();

  /** What a file may be. */
  enum Format {
    XLSX
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "XLSX",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); CSV and JSON are written by `medspa"
              + " query`.")
  Format format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file (default: the relation's name, or result, with .xlsx).")
  Path output;

  @Parameters(
      paramLabel = "RELATION|SQL",
      description = "Name of a relation, or one statement that reads.")
  String asked;

  @Override
  public Integer call() {
    boolean isRelation = asked.strip().matches("[a-z][a-z0-9_]*");
    String title = isRelation ? asked.strip() : "result";
    Path file = output == null ? Path.of(title + ".xlsx") : output;
    try (WarehouseQuery warehouse =
        WarehouseQuery.open(published.warehouse(), WarehouseQuery.Limits.DEFAULT)) {
      long rows = write(warehouse, title, isRelation ? "FROM " + title : asked, file);
      terminal.say("Wrote " + rows + (rows == 1 ? " row" : " rows") + " into " + file + ".");
      return ExitCode.DONE.code();
    }
  }

  /** The file is there when it is whole. */
  private static long write(WarehouseQuery warehouse, String title, String statement, Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      long rows;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
        rows = ResultBook.write(warehouse, title, statement, out);
      } catch (RuntimeException e) {
        Files.deleteIfExists(beside);
        throw e;
      }
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
      return rows;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot write " + file + ": " + e + "; name another file with -o", e);
    }
  }
}
