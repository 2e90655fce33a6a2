package medspa.pipelines.run;

import medspa.warehouse.definition.Definitions;

/** The version of the program, as Maven wrote it into the build. */
public final class Version {
  /** Such as {@code 0.1.0}. */
  public static final String CURRENT = Definitions.resource("medspa-version.txt").strip();

  private Version() {}
}
