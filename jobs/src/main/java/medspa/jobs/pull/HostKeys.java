package medspa.jobs.pull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.signature.Signature;

/**
 * The keys by which an SFTP server is known: the lines of the workspace's {@code known_hosts} that
 * name it. A key that is not among them is refused, always; nothing is learned by connecting.
 */
final class HostKeys {
  private final String host;
  private final int port;
  private final List<Known> known;
  private Optional<String> refusal = Optional.empty();

  /** A key and whether it was taken back. */
  private record Known(PublicKey key, boolean revoked) {}

  private HostKeys(String host, int port, List<Known> known) {
    this.host = host;
    this.port = port;
    this.known = known;
  }

  /**
   * Reads those of one server.
   *
   * @param file need not be there
   * @throws PullException if it cannot be read
   */
  static HostKeys read(Path file, String host, int port) throws PullException {
    List<Known> known = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        for (KnownHostEntry entry : entries(file)) {
          if (entry.getKeyEntry() != null && entry.isHostMatch(host, port)) {
            PublicKey key =
                entry
                    .getKeyEntry()
                    .resolvePublicKey(null, java.util.Map.of(), PublicKeyEntryResolver.IGNORING);
            boolean authority = "cert-authority".equals(entry.getMarker());
            if (key != null && !authority) {
              known.add(new Known(key, "revoked".equals(entry.getMarker())));
            }
          }
        }
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw PullException.configuration(
          file + " cannot be read; each line must be one that ssh-keyscan could have written.");
    }
    return new HostKeys(host, port, known);
  }

  private static List<KnownHostEntry> entries(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return KnownHostEntry.readKnownHostEntries(in, true);
    }
  }

  /** Whether the server showed a key by which it is known. */
  boolean accept(PublicKey shown) {
    boolean revoked = known.stream().anyMatch(k -> k.revoked() && isSame(k.key(), shown));
    if (!revoked && known.stream().anyMatch(k -> !k.revoked() && isSame(k.key(), shown))) {
      return true;
    }
    String type = KeyUtils.getKeyType(shown);
    String fingerprint = type + " " + fingerprint(shown);
    List<String> others =
        known.stream()
            .filter(k -> !k.revoked())
            .map(k -> KeyUtils.getKeyType(k.key()) + " " + fingerprint(k.key()))
            .toList();
    if (revoked) {
      refusal =
          Optional.of(
              "The host key of "
                  + name()
                  + ", "
                  + fingerprint
                  + ", is revoked in known_hosts."
                  + " Ask the server's owner for the key that holds, and add its line there.");
    } else if (others.isEmpty()) {
      refusal =
          Optional.of(
              "The host key of "
                  + name()
                  + " is not known: it shows "
                  + fingerprint
                  + ". Compare this with what the server's owner tells you, and only if it is the"
                  + " same, add this line to known_hosts in the workspace: "
                  + name()
                  + " "
                  + PublicKeyEntry.toString(shown));
    } else {
      refusal =
          Optional.of(
              "The host key of "
                  + name()
                  + " is another than in known_hosts: it shows "
                  + fingerprint
                  + ", known is "
                  + String.join(", ", others)
                  + ". Somebody may stand in between. Nothing was sent; ask the server's owner, and"
                  + " only if the key was changed, replace the line in known_hosts.");
    }
    return false;
  }

  /** Why the key was not accepted. */
  Optional<String> refusal() {
    return refusal;
  }

  /** The signatures in an order that makes the server show a key of a known kind if it has one. */
  List<NamedFactory<Signature>> preferred(List<NamedFactory<Signature>> factories) {
    List<String> types = known.stream().map(k -> KeyUtils.getKeyType(k.key())).toList();
    // Certificates of hosts are not looked into, so a server had better show its plain key.
    List<NamedFactory<Signature>> ordered =
        new ArrayList<>(factories.stream().filter(f -> !f.getName().contains("-cert-")).toList());
    ordered.sort(
        Comparator.comparing(
            factory -> types.contains(KeyUtils.getCanonicalKeyType(factory.getName())) ? 0 : 1));
    return ordered;
  }

  /** The server as known_hosts names it. */
  private String name() {
    return port == 22 ? host : "[" + host + "]:" + port;
  }

  private static boolean isSame(PublicKey one, PublicKey other) {
    return KeyUtils.compareKeys(one, other);
  }

  private static String fingerprint(PublicKey key) {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
  }
}
