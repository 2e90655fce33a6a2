package medspa.pipelines.config;

import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import medspa.jobs.ingest.Source;
import medspa.jobs.pull.PullSource;
import medspa.jobs.pull.Remote;
import medspa.jobs.pull.SquareObject;
import medspa.warehouse.definition.YamlValue;

/**
 * Reads the {@code from:} of a source that is fetched, with its {@code pull:}. A problem never
 * quotes the address, because somebody may have put a password into it.
 */
final class PullReader {
  private static final String SQUARE = "square-api:";
  private static final String SQUARE_URL = "https://connect.squareup.com";

  /** Between the glob of archives and that of their members. */
  private static final String MEMBERS = "!/";

  private static final Pattern SFTP =
      Pattern.compile("sftp://([^@/:]+)@(\\[[0-9a-fA-F:]+\\]|[^:/@\\[\\]]+)(?::(\\d{1,5}))?/(.*)");

  private final Path workspace;
  private final YamlValue source;
  private final YamlValue from;
  private final Optional<YamlValue> settings;
  private final String address;

  private PullReader(Path workspace, YamlValue source, YamlValue from) {
    this.workspace = workspace;
    this.source = source;
    this.from = from;
    this.settings = source.find("pull");
    int members = from.text().indexOf(MEMBERS);
    this.address = members < 0 ? from.text() : from.text().substring(0, members);
  }

  /** Whether an address is one that is fetched. */
  static boolean isPulled(String from) {
    return from.contains("://") || from.startsWith(SQUARE);
  }

  /** Where the files of a fetched source are found by the ingestion. */
  static String local(String name, String from) {
    int members = from.indexOf(MEMBERS);
    return Source.PULLED + name + "/**" + (members < 0 ? "" : from.substring(members));
  }

  /** The source to fetch, or nothing after a problem. */
  static Optional<PullSource> read(Path workspace, YamlValue source, YamlValue from) {
    return new PullReader(workspace, source, from).read();
  }

  private Optional<PullSource> read() {
    String name = source.text("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,80}")) {
      source.problem(
          "is fetched, so its name becomes a folder: use letters, digits, hyphens, dots and"
              + " underscores");
      return Optional.empty();
    }
    Optional<? extends Remote> remote;
    if (address.startsWith("sftp://")) {
      remote = sftp();
    } else if (address.startsWith("https://") || address.startsWith("http://")) {
      remote = webFile();
    } else if (address.startsWith(SQUARE)) {
      remote = square();
    } else {
      from.problem("is fetched in no known way; known are sftp://, https:// and square-api:");
      return Optional.empty();
    }
    int attempts = number("attempts", 5, 20);
    long megabytes = number("max_megabytes", 2048, 1 << 20);
    return remote.map(
        where ->
            new PullSource(
                name,
                where,
                workspace.resolve(Source.PULLED).resolve(name),
                attempts,
                megabytes << 20));
  }

  private Optional<Remote.Sftp> sftp() {
    allowOnly("password_env", "key_env", "key_file_env", "passphrase_env");
    Matcher matcher = SFTP.matcher(address);
    if (!matcher.matches()) {
      from.problem(
          "must be sftp://user@host/path/file or glob, without a password; that belongs into the"
              + " environment");
      return Optional.empty();
    }
    int port = matcher.group(3) == null ? 22 : Integer.parseInt(matcher.group(3));
    String path = matcher.group(4);
    int slash = path.lastIndexOf('/');
    String glob = path.substring(slash + 1);
    String directory = slash < 0 ? "/" : "/" + path.substring(0, slash);
    if (directory.equals("/~") || directory.startsWith("/~/")) {
      directory = directory.length() == 2 ? "." : directory.substring(3);
    }
    if (port < 1 || port > 65535 || glob.isBlank() || directory.matches(".*[*?\\[{].*")) {
      from.problem(
          "must end with a file or glob, such as sftp://user@host/out/sales-*.csv, and have no"
              + " wildcard before its last part");
      return Optional.empty();
    }
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      from.problem("ends with what is no glob; such are sales-*.csv and {sales,refunds}-*.csv");
      return Optional.empty();
    }
    return Optional.of(
        new Remote.Sftp(
            matcher.group(1),
            matcher.group(2).replaceAll("[\\[\\]]", ""),
            port,
            directory,
            glob,
            env("password_env").orElse("MEDSPA_SFTP_PASSWORD"),
            env("key_env").orElse("MEDSPA_SFTP_KEY"),
            env("key_file_env").orElse("MEDSPA_SFTP_KEY_FILE"),
            env("passphrase_env").orElse("MEDSPA_SFTP_KEY_PASSPHRASE")));
  }

  private Optional<Remote.WebFile> webFile() {
    allowOnly("token_env", "user_env", "password_env");
    Optional<String> token = env("token_env");
    Optional<String> user = env("user_env");
    Optional<String> password = env("password_env");
    if (user.isPresent() != password.isPresent() || (token.isPresent() && user.isPresent())) {
      from.problem("needs pull.token_env, or pull.user_env and pull.password_env, or none");
    }
    Optional<URI> uri = url(from, address);
    if (uri.isEmpty()) {
      return Optional.empty();
    }
    String path = uri.get().getPath() == null ? "" : uri.get().getPath();
    String fileName = path.substring(path.lastIndexOf('/') + 1);
    if (fileName.startsWith(".") || Remote.fileNameProblem(fileName).isPresent()) {
      from.problem("must end with the name of a file, such as https://host/exports/sales.csv");
      return Optional.empty();
    }
    return Optional.of(new Remote.WebFile(uri.get(), fileName, token, user, password));
  }

  private Optional<Remote.Square> square() {
    allowOnly("token_env", "base_url", "since", "overlap", "ahead");
    Optional<SquareObject> object = SquareObject.find(address.substring(SQUARE.length()));
    if (object.isEmpty()) {
      List<String> ids = new ArrayList<>();
      for (SquareObject known : SquareObject.values()) {
        ids.add(known.id());
      }
      from.problem("names no object of the Square API; known are " + String.join(", ", ids));
      return Optional.empty();
    }
    List<String> locations =
        source.find("locations").map(YamlValue::entries).orElse(Map.of()).keySet().stream()
            .sorted()
            .toList();
    if (object.get().isByTime() && locations.isEmpty()) {
      source.problem("needs locations, from Square's ids to ours, such as {LEB8VD5V58JRC: austin}");
    }
    Optional<YamlValue> baseUrl = settings.flatMap(s -> s.find("base_url"));
    Optional<URI> base =
        baseUrl.isPresent()
            ? url(baseUrl.get(), baseUrl.get().text())
            : Optional.of(URI.create(SQUARE_URL));
    Optional<Instant> since =
        settings.flatMap(s -> s.find("since")).flatMap(v -> v.convert(PullReader::day));
    return base.map(
        url ->
            new Remote.Square(
                object.get(),
                url,
                object.get().isByTime() ? locations : List.of(),
                env("token_env").orElse("MEDSPA_SQUARE_TOKEN"),
                since,
                days("overlap", object.get().overlapDays()),
                days("ahead", 31)));
  }

  /** An address with nothing in it that should not stand in a file. */
  private static Optional<URI> url(YamlValue where, String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      where.problem("is no address; letters other than those of English are written as %C3%A4");
      return Optional.empty();
    }
    if (uri.getRawUserInfo() != null) {
      where.problem("holds a login; name the variables it is in under pull");
      return Optional.empty();
    }
    if (!Remote.isAllowed(uri) || uri.getRawFragment() != null) {
      where.problem("must be an https:// address; http:// is only for this machine");
      return Optional.empty();
    }
    return Optional.of(uri);
  }

  private void allowOnly(String... keys) {
    Set<String> known = new HashSet<>(List.of(keys));
    known.addAll(Set.of("attempts", "max_megabytes"));
    settings.ifPresent(s -> s.allowOnly(known));
  }

  private Optional<String> env(String key) {
    return settings
        .flatMap(s -> s.find(key))
        .flatMap(
            value -> {
              if (value.text().matches("[A-Z_][A-Z0-9_]*")) {
                return Optional.of(value.text());
              }
              value.problem(
                  "must be the name of an environment variable such as GLOW_TOKEN, and never the secret");
              return Optional.empty();
            });
  }

  private int number(String key, int otherwise, int most) {
    int number = settings.map(s -> s.integer(key, otherwise)).orElse(otherwise);
    if (number < 1 || number > most) {
      settings.ifPresent(s -> s.problem(key + " must be from 1 to " + most));
      return otherwise;
    }
    return number;
  }

  private Duration days(String key, int otherwise) {
    return settings
        .flatMap(s -> s.find(key))
        .flatMap(
            value ->
                value.convert(
                    text -> {
                      if (!text.matches("[0-9]{1,3}d")) {
                        throw new IllegalArgumentException("must be days such as 14d");
                      }
                      return Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
                    }))
        .orElse(Duration.ofDays(otherwise));
  }

  private static Instant day(String text) {
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("must be a day such as 2026-01-01", e);
    }
  }
}
