package medspa.jobs.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Whatever happens to the bytes of an export, a reader gives rows or a refusal that says what to
 * do; nothing else ever comes out of it.
 */
class ReaderFuzzTest {
  private static Path directory;
  private static List<byte[]> seeds;

  /** One change of some bytes. */
  private record Damage(int kind, int position, int length, byte value) {
    byte[] apply(byte[] bytes) {
      if (bytes.length == 0) {
        return new byte[] {value};
      }
      int at = position % bytes.length;
      int many = Math.min(1 + length % 64, bytes.length - at);
      switch (kind) {
        case 0 -> bytes[at] = value;
        case 1 -> Arrays.fill(bytes, at, at + many, value);
        case 2 -> {
          return Arrays.copyOf(bytes, at);
        }
        case 3 -> {
          // A piece of itself comes again.
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          out.write(bytes, 0, at + many);
          out.write(bytes, at, bytes.length - at);
          return out.toByteArray();
        }
        default -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          out.write(bytes, 0, at);
          byte[] token = TOKENS.get(length % TOKENS.size()).getBytes(StandardCharsets.UTF_8);
          out.write(token, 0, token.length);
          out.write(bytes, at, bytes.length - at);
          return out.toByteArray();
        }
      }
      return bytes;
    }
  }

  private static final List<String> TOKENS =
      List.of(
          "\"", ",", "\n", "\r", "{", "[", "]", "}", "null", "1e999", "\\u", "<c>", "</row>", "<",
          "&", "\u0000");

  @BeforeContainer
  static void seeds() throws IOException {
    directory = Files.createTempDirectory("fuzz");
    ByteArrayOutputStream workbook = new ByteArrayOutputStream();
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      var row = book.createSheet("S").createRow(0);
      row.createCell(0).setCellValue("Code");
      row.createCell(1).setCellValue(1.5);
      book.write(workbook);
    }
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      zip.putNextEntry(new ZipEntry("a.csv"));
      zip.write("Code,Name\n1,\"a\"\"b\nc\"\n".getBytes(StandardCharsets.UTF_8));
    }
    seeds =
        List.of(
            "Code,Name,When\n1,\"Ann, the \"\"first\"\"\",2026-01-01\n2,,\n"
                .getBytes(StandardCharsets.UTF_8),
            "\uFEFFCode\tName\r\n1\tx\r\n".getBytes(StandardCharsets.UTF_16LE),
            "[{\"id\":1,\"m\":{\"a\":1.50},\"l\":[1,2]},{\"id\":\"x\"}]"
                .getBytes(StandardCharsets.UTF_8),
            "{\"id\":1}\n{\"id\":2,\"x\":null}\n".getBytes(StandardCharsets.UTF_8),
            workbook.toByteArray(),
            archive.toByteArray());
  }

  @AfterContainer
  static void clean() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Provide
  Arbitrary<List<Damage>> damages() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 1 << 14),
            Arbitraries.integers().between(0, 1 << 10),
            Arbitraries.bytes())
        .as(Damage::new)
        .list()
        .ofMinSize(0)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<Format> formats() {
    return Combinators.combine(
            Arbitraries.of(Format.Type.values()),
            Arbitraries.of(',', ';', '\t'),
            Arbitraries.of("UTF-8", "windows-1252", "no-such"),
            Arbitraries.of("", "m", "id.x"),
            Arbitraries.integers().between(1, 5))
        .as(
            (type, delimiter, encoding, records, within) ->
                new Format(
                    type,
                    delimiter,
                    encoding,
                    Optional.empty(),
                    Optional.of(records).filter(r -> !r.isEmpty()),
                    within,
                    within > 3));
  }

  @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE)
  void anyBytesGiveRowsOrARefusal(
      @ForAll("damages") List<Damage> damages, @ForAll("formats") Format format, @ForAll int seed)
      throws Exception {
    byte[] bytes = seeds.get(Math.floorMod(seed, seeds.size())).clone();
    for (Damage damage : damages) {
      bytes = damage.apply(bytes);
    }
    boolean archive = Math.floorMod(seed, seeds.size()) == 5;
    Path file = Files.write(directory.resolve(archive ? "a.zip" : "a.bin"), bytes);
    try {
      for (ExportFile export : ExportFile.in(file)) {
        ExportReader.read(
            export,
            format,
            Set.of("id"),
            (line, fields) -> {
              assertThat(line).isPositive();
              assertThat(fields).doesNotContainNull();
              return true;
            });
      }
    } catch (FileRefusedException e) {
      assertThat(e.getMessage()).isNotBlank();
      assertThat(e.nextStep()).isNotBlank();
      assertThat(e.getCause()).as("a cause may quote a cell").isNull();
    }
  }
}
