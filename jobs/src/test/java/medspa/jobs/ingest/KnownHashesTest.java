package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import medspa.jobs.read.ExportFile;
import medspa.warehouse.lake.Lake;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHashesTest {
  private static final String FALSE_HASH = "0".repeat(64);

  @TempDir private Path directory;
  private final PseudonymKey key = new PseudonymKey("a key of thirty-two bytes or more");
  private Path export;
  private Lake lake;

  @BeforeEach
  void export() throws IOException {
    export = directory.resolve("Dana Client.csv");
    Files.writeString(export, "a,b\n1,2\n");
    lake = new Lake(directory.resolve("lake"));
    Files.createDirectories(lake.directory());
  }

  /** Hashes the export and keeps what was seen, some time after it was written. */
  private String hash(Instant now) throws IOException {
    KnownHashes hashes = KnownHashes.read(lake, key, now);
    String sha256 = hashes.of(ExportFile.of(export));
    hashes.write(lake);
    return sha256;
  }

  private Instant written() throws IOException {
    return Files.getLastModifiedTime(export).toInstant();
  }

  private Instant later() throws IOException {
    return written().plusSeconds(3600);
  }

  /** A false entry is seen only where the file itself is not. */
  private void falsify(String sha256) throws IOException {
    String index = Files.readString(lake.hashes());
    Files.writeString(
        lake.hashes(),
        index.replaceAll("[0-9a-f]{64}", sha256).replaceAll(",\\s*\"seal\"[^}]*", ""));
  }

  @Test
  void aFileThatNobodyWroteSinceIsNotReadAgain() throws IOException {
    assumeThat(export.getFileSystem().supportedFileAttributeViews()).contains("unix");
    String sha256 = ExportFile.of(export).sha256();
    assertThat(hash(later())).isEqualTo(sha256);
    falsify(FALSE_HASH);
    assertThat(hash(later())).isEqualTo(FALSE_HASH);
  }

  @Test
  void aFileOfTheSameSizeAndTimeIsReadWhenItWasWritten() throws IOException {
    FileTime modified = Files.getLastModifiedTime(export);
    hash(later());
    Files.writeString(export, "a,b\n3,4\n");
    Files.setLastModifiedTime(export, modified);
    assertThat(hash(later())).isEqualTo(ExportFile.of(export).sha256());
  }

  @Test
  void aFileThatWasJustWrittenMayBeWrittenOnceMoreInTheSameInstant() throws IOException {
    hash(written());
    assertThat(lake.hashes()).doesNotExist();
  }

  @Test
  void anIndexThatIsBrokenOrOddIsNotTrusted() throws IOException {
    String sha256 = hash(later());
    falsify("not a digest");
    assertThat(hash(later())).isEqualTo(sha256);
    for (String broken :
        new String[] {"", "{", "[]", "{\"files\": null}", "{\"files\": {\"a\": null}}"}) {
      Files.writeString(lake.hashes(), broken);
      assertThat(hash(later())).as(broken).isEqualTo(sha256);
    }
  }

  @Test
  void theNameOfAFileIsNotKept() throws IOException {
    hash(later());
    assertThat(lake.hashes()).content().doesNotContain("Dana").doesNotContain("csv");
  }
}
