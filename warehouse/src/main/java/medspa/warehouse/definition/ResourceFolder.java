package medspa.warehouse.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A folder of definition files on the class path, in a directory or a JAR. Where several entries of
 * the class path have it, their files are taken together.
 */
public final class ResourceFolder {
  private final String folder;
  private final ClassLoader loader;

  private ResourceFolder(String folder, ClassLoader loader) {
    this.folder = folder;
    this.loader = loader;
  }

  /**
   * The folder of that name as the program ships it.
   *
   * @param folder its path on the class path, such as {@code kpis}
   */
  public static ResourceFolder shipped(String folder) {
    return of(folder, ResourceFolder.class.getClassLoader());
  }

  /** The folder of that name as the given class path has it. */
  public static ResourceFolder of(String folder, ClassLoader loader) {
    return new ResourceFolder(folder, loader);
  }

  /**
   * The paths of all files below the folder, relative to it and sorted.
   *
   * @throws IllegalStateException if no entry of the class path has the folder
   */
  public List<String> files() {
    SortedSet<String> files = new TreeSet<>();
    try {
      List<URL> places = Collections.list(loader.getResources(folder));
      if (places.isEmpty()) {
        throw new IllegalStateException("There is no folder " + folder + " on the class path");
      }
      for (URL place : places) {
        URLConnection connection = place.openConnection();
        if (connection instanceof JarURLConnection jar) {
          addEntries(jar, files);
        } else {
          addFiles(Path.of(place.toURI()), files);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the folder " + folder + " of the class path", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot list the folder " + folder + " of the class path", e);
    }
    return List.copyOf(files);
  }

  /** The names of the files directly in the folder that end so, without the ending and sorted. */
  public List<String> names(String ending) {
    return files().stream()
        .filter(file -> !file.contains("/") && file.endsWith(ending))
        .map(file -> file.substring(0, file.length() - ending.length()))
        .sorted()
        .toList();
  }

  /** The text of one of the files. */
  public String text(String file) {
    String name = path(file);
    try (InputStream in = loader.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no resource " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + name, e);
    }
  }

  /** Where a file of the folder is on the class path, as messages name it. */
  public String path(String file) {
    return folder + "/" + file;
  }

  private void addFiles(Path directory, SortedSet<String> files) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.add(directory.relativize(file).toString().replace('\\', '/'));
      }
    }
  }

  private void addEntries(JarURLConnection connection, SortedSet<String> files) throws IOException {
    // Not the JVM's shared handle, which others would find closed.
    URI archive;
    try {
      archive = connection.getJarFileURL().toURI();
    } catch (URISyntaxException e) {
      throw new IOException("Cannot open " + connection.getJarFileURL(), e);
    }
    try (JarFile jar = new JarFile(Path.of(archive).toFile())) {
      String prefix = folder + "/";
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
          files.add(entry.getName().substring(prefix.length()));
        }
      }
    }
  }
}
