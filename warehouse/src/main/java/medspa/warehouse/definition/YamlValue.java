package medspa.warehouse.definition;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value in a YAML document that knows where it stands, so that a message can name file, line and
 * key. Scalars are read as text and converted on request: no value changes its type behind the
 * author's back ({@code no} stays {@code no}). Problems are collected in the {@link Problems} given
 * to {@link #parse}; after a problem a harmless default is returned and reading goes on.
 */
public final class YamlValue {
  private final String file;
  private final String path;
  private final Node node;
  private final Problems problems;

  private YamlValue(String file, String path, Node node, Problems problems) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.problems = problems;
  }

  /** Reads the file; a syntax error or an unreadable file is a problem and gives an empty value. */
  public static YamlValue parse(Path file, Problems problems) {
    try {
      return parse(file.toString(), Files.readString(file), problems);
    } catch (IOException e) {
      problems.add(file.toString(), "cannot be read; check that the file exists and is UTF-8 text");
      return parse(file.toString(), "{}", problems);
    }
  }

  /**
   * Parses a document, in the spelling of {@link Spelling#ofDocument}; {@code file} is only used in
   * messages.
   */
  public static YamlValue parse(String file, String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(20);
    try (Reader reader = new StringReader(Spelling.ofDocument(text))) {
      Node root = new Yaml(options).compose(reader);
      if (root != null) {
        return new YamlValue(file, "", root, problems);
      }
      problems.add(file, "is empty; write its keys, or remove it");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.add(
          file + ":" + line,
          "is not YAML: "
              + e.getProblem()
              + "; indent with blanks only, all keys of one list item alike, and put quotes around"
              + " a text that has a colon or # in it or begins with a sign");
    } catch (YAMLException e) {
      problems.add(
          file,
          "is not YAML: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "; save it anew as plain text in UTF-8");
    } catch (IOException e) {
      throw new IllegalStateException("a StringReader does not fail", e);
    }
    return new YamlValue(
        file,
        "",
        new MappingNode(Tag.MAP, List.of(), org.yaml.snakeyaml.DumperOptions.FlowStyle.BLOCK),
        problems);
  }

  /** File, line and key of this value, for messages. */
  public String where() {
    int line = node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    return file + ":" + line + (path.isEmpty() ? "" : " " + path);
  }

  /** Records a problem at this value. */
  public void problem(String message) {
    problems.add(where(), message);
  }

  /** Whether this is a mapping with keys. */
  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** Whether this is a list. */
  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Whether this is a scalar. */
  public boolean isScalar() {
    return node instanceof ScalarNode;
  }

  /** The entries of a mapping in their order; anything else is a problem. */
  public Map<String, YamlValue> entries() {
    Map<String, YamlValue> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem("must be keys with values, such as `key: value`");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        String name = key.getValue();
        YamlValue value =
            new YamlValue(
                file, path.isEmpty() ? name : path + "." + name, tuple.getValueNode(), problems);
        if (entries.put(name, value) != null) {
          value.problem("stands twice; keep one");
        }
      } else {
        problem("has a key that is not plain text; put it in quotes");
      }
    }
    return entries;
  }

  /** Records a problem for each key that is not among the known ones. */
  public void allowOnly(Set<String> known) {
    entries()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                value.problem(
                    "is not a known key; known are "
                        + String.join(", ", known.stream().sorted().toList()));
              }
            });
  }

  /** The value under a key; absent, null and {@code ~} are empty. */
  public Optional<YamlValue> find(String key) {
    if (!(node instanceof MappingNode)) {
      return Optional.empty();
    }
    return Optional.ofNullable(entries().get(key)).filter(v -> !v.isNull());
  }

  private boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /** The text under a key that must be there; a problem and an empty text otherwise. */
  public String text(String key) {
    return find(key)
        .map(YamlValue::text)
        .orElseGet(
            () -> {
              problem("needs the key " + key);
              return "";
            });
  }

  /** The text of this scalar; anything else is a problem. */
  public String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problem("must be a single value, not a list or keys");
    return "";
  }

  /** The text under a key, if it is there. */
  public Optional<String> optionalText(String key) {
    return find(key).map(YamlValue::text);
  }

  /** The elements of a list; a scalar counts as a list of one. */
  public List<YamlValue> elements() {
    if (node instanceof ScalarNode) {
      return List.of(this);
    }
    if (!(node instanceof SequenceNode sequence)) {
      problem("must be a list, such as [first, second]");
      return List.of();
    }
    List<YamlValue> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(new YamlValue(file, path + "[" + elements.size() + "]", element, problems));
    }
    return elements;
  }

  /** The list under a key; absent is empty. */
  public List<YamlValue> list(String key) {
    return find(key).map(YamlValue::elements).orElse(List.of());
  }

  /** The texts of the list under a key; absent is empty. */
  public List<String> texts(String key) {
    return list(key).stream().map(YamlValue::text).toList();
  }

  /** {@code true} or {@code false} under a key, with a default. */
  public boolean flag(String key, boolean otherwise) {
    return convert(
        key,
        otherwise,
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("must be true or false");
          }
          return text.equals("true");
        });
  }

  /** A whole number under a key, with a default. */
  public int integer(String key, int otherwise) {
    return convert(
        key,
        otherwise,
        text -> {
          try {
            return Integer.valueOf(text);
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number such as 5", e);
          }
        });
  }

  /**
   * The converted text under a key, with a default when it is absent. The conversion throws {@link
   * IllegalArgumentException} with a message that continues "… must be"; it becomes a problem.
   */
  public <T> T convert(String key, T otherwise, Function<String, T> conversion) {
    return find(key).flatMap(value -> value.convert(conversion)).orElse(otherwise);
  }

  /** The converted text of this scalar, or empty after a problem. */
  public <T> Optional<T> convert(Function<String, T> conversion) {
    String text = text();
    try {
      return Optional.of(conversion.apply(text));
    } catch (IllegalArgumentException e) {
      problem("'" + text + "' " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The day that this scalar names, or empty after a problem. */
  public Optional<LocalDate> date() {
    return convert(
        text -> {
          try {
            return LocalDate.parse(text);
          } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a date such as 2026-01-31", e);
          }
        });
  }

  /** The constant that this scalar names in lower case, or empty after a problem. */
  public <E extends Enum<E>> Optional<E> word(Class<E> type) {
    return convert(
        text ->
            Stream.of(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "is not one of "
                                + Stream.of(type.getEnumConstants())
                                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")))));
  }
}
