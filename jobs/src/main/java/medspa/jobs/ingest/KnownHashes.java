package medspa.jobs.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import medspa.jobs.read.ExportFile;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeJson;

/**
 * The SHA-256 of files that nobody has written since they were hashed, so that an ingestion does
 * not read a history again to find one new file. A file is as it was if its place on the disk, its
 * size and the instant of its last change are, which no program can set; where the file system does
 * not tell that instant, every file is hashed. Only the spelling of a file's name under the
 * pseudonym key is kept, since a name may be a client's.
 */
final class KnownHashes {
  /** Within it a second change may have the instant of the first. */
  private static final Duration COARSEST_CLOCK = Duration.ofSeconds(2);

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final PseudonymKey key;
  private final Instant now;
  private final Map<String, Hashed> known;
  private final Optional<String> damage;
  private final Map<String, Hashed> seen = new TreeMap<>();

  private KnownHashes(
      PseudonymKey key, Instant now, Map<String, Hashed> known, Optional<String> damage) {
    this.damage = damage;
    this.key = key;
    this.now = now;
    this.known = known;
  }

  /** A file, or the archive it is a member of, as it was when it was hashed. */
  private record State(String place, long size, Instant changed) {
    static Optional<State> of(Path path) throws IOException {
      if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        return Optional.empty();
      }
      Map<String, Object> attributes = Files.readAttributes(path, "unix:dev,ino,size,ctime");
      return Optional.of(
          new State(
              attributes.get("dev") + " " + attributes.get("ino"),
              (Long) attributes.get("size"),
              ((FileTime) attributes.get("ctime")).toInstant()));
    }

    /** Whether the next change will have another instant. */
    boolean isSettled(Instant now) {
      return changed.plus(COARSEST_CLOCK).isBefore(now);
    }
  }

  private record Hashed(State state, String sha256) {
    boolean holdsFor(State now) {
      return now.equals(state) && sha256 != null && SHA256.matcher(sha256).matches();
    }
  }

  /** The file in the lake. */
  private record Index(Map<String, Hashed> files) {}

  /**
   * What the lake's index says; nothing if there is none, or it cannot be read.
   *
   * @param key under which it keeps names
   * @param now an instant before the files are looked at
   */
  static KnownHashes read(Lake lake, PseudonymKey key, Instant now) {
    Map<String, Hashed> known = Map.of();
    Optional<String> damage = Optional.empty();
    try {
      if (Files.exists(lake.hashes())) {
        known = LakeJson.read(lake.hashes(), Index.class).files();
      }
    } catch (DamagedFileException e) {
      damage =
          Optional.of(
              lake.hashes()
                  + " was damaged and is made again; it cost the time of reading every export.");
    }
    return new KnownHashes(key, now, known == null ? Map.of() : known, damage);
  }

  /**
   * The SHA-256 of a file's bytes, in hexadecimal.
   *
   * @throws IOException if they cannot be read
   */
  String of(ExportFile file) throws IOException {
    String name =
        key.pseudonym(
            "",
            file.path()
                + file.member().map("!/"::concat).orElse("")
                + file.sheet().map("!/"::concat).orElse(""));
    Optional<State> state = State.of(file.path());
    Hashed before = known.get(name);
    if (before != null && state.filter(before::holdsFor).isPresent()) {
      seen.put(name, before);
      return before.sha256();
    }
    String sha256 = file.sha256();
    if (state.isPresent() && state.get().isSettled(now)) {
      seen.put(name, new Hashed(state.get(), sha256));
    }
    return sha256;
  }

  /** A sentence about the index, if it was damaged. */
  Optional<String> damage() {
    return damage;
  }

  /** Replaces the lake's index by what was seen since, if that is not the same. */
  void write(Lake lake) {
    if (!seen.equals(known)) {
      LakeJson.replace(lake.hashes(), new Index(seen));
    }
  }
}
