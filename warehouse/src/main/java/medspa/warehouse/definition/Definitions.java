package medspa.warehouse.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads definition files that are shipped on the class path. */
public final class Definitions {
  private Definitions() {}

  /**
   * The text of a shipped resource.
   *
   * @param name its path on the class path, such as {@code kpis/fill_rate.yaml}
   * @throws IllegalArgumentException if there is none
   */
  public static String resource(String name) {
    try (InputStream in = Definitions.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no resource " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot read the resource " + name, e);
    }
  }
}
