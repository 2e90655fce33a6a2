package medspa.warehouse.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import medspa.warehouse.lake.DiskFiles;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A lake that a test class writes and publishes once, so that its tests only read. Each case is a
 * practice of its own there, with locations and a region of its own, and knows nothing of the
 * others.
 */
final class PublishedLake implements BeforeAllCallback, AfterAllCallback {
  private final Cases cases;
  private final String[] read;
  private Path directory;
  private LakeFixture lake;

  /** Writes the rows of all cases. */
  interface Cases {
    void writeTo(LakeFixture lake) throws Exception;
  }

  /**
   * To be registered as a static field.
   *
   * @param read the relations that the tests read; all are published if none is named
   */
  PublishedLake(Cases cases, String... read) {
    this.cases = cases;
    this.read = read;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("medspa-published-lake");
    lake = new LakeFixture(directory);
    if (read.length > 0) {
      lake.reading(read);
    }
    cases.writeTo(lake);
    lake.write().publish();
  }

  /** Rows of the published warehouse as text, columns joined by {@code |}. */
  List<String> query(String sql) throws Exception {
    return lake.query(sql);
  }

  /** What was written and published. */
  LakeFixture lake() {
    return lake;
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    lake.close();
    DiskFiles.remove(directory);
  }
}
