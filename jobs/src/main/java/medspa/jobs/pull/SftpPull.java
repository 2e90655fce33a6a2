package medspa.jobs.pull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import medspa.jobs.pull.Credentials.Secret;
import medspa.jobs.pull.PullState.Fetched;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * Fetches the files of an SFTP directory that are new or have another size or time than when they
 * were fetched. A file that changes while it is read is read again later.
 */
final class SftpPull implements Fetcher {
  private static final int MOST_ENTRIES = 200_000;

  /** A crash loses the memory of so many files at most; they are fetched again and recognised. */
  private static final int FILES_PER_SAVE = 200;

  private final PullSource source;
  private final Remote.Sftp remote;
  private final Path knownHosts;
  private final Transport transport;
  private final PathMatcher matcher;
  private final Optional<Secret> password;
  private final List<KeyPair> keys = new ArrayList<>();

  SftpPull(
      PullSource source,
      Remote.Sftp remote,
      Credentials credentials,
      Path knownHosts,
      Transport transport) {
    this.source = source;
    this.remote = remote;
    this.knownHosts = knownHosts;
    this.transport = transport;
    this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + remote.glob());
    this.password = credentials.find(remote.passwordEnv());
    loadKey(credentials);
    if (password.isEmpty() && keys.isEmpty() && credentials.problems().isEmpty()) {
      credentials.problem(
          source.source(),
          "needs a login: set the environment variable "
              + remote.passwordEnv()
              + ", or "
              + remote.keyFileEnv()
              + " with the path of a private key");
    }
  }

  private void loadKey(Credentials credentials) {
    Optional<Secret> file = credentials.find(remote.keyFileEnv());
    Optional<Secret> text = credentials.findLines(remote.keyEnv());
    String from = text.isPresent() ? remote.keyEnv() : remote.keyFileEnv();
    if (file.isEmpty() && text.isEmpty()) {
      return;
    }
    FilePasswordProvider passphrase =
        credentials
            .find(remote.passphraseEnv())
            .map(secret -> FilePasswordProvider.of(secret.reveal()))
            .orElse(FilePasswordProvider.EMPTY);
    try (InputStream in =
        text.isPresent()
            ? new ByteArrayInputStream(
                (text.get().reveal() + "\n").getBytes(StandardCharsets.UTF_8))
            : Files.newInputStream(Path.of(file.orElseThrow().reveal()))) {
      Iterable<KeyPair> pairs =
          SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(from), in, passphrase);
      if (pairs != null) {
        pairs.forEach(keys::add);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      keys.clear();
    }
    if (keys.isEmpty()) {
      credentials.problem(
          source.source(),
          "has no private key: what "
              + from
              + " names cannot be read as one; check the path and the passphrase in "
              + remote.passphraseEnv());
    }
  }

  @Override
  public void fetch(PulledFiles files, Progress progress) throws PullException {
    files.sweep();
    List<String> refused =
        new Retry(transport, source.attempts()).run(() -> session(files, progress));
    if (!refused.isEmpty()) {
      throw PullException.data(
          "Files that cannot be taken: "
              + String.join("; ", refused.subList(0, Math.min(5, refused.size())))
              + (refused.size() > 5 ? "; and " + (refused.size() - 5) + " more" : "")
              + ". Have them renamed; the others were taken.");
    }
  }

  /** One connection; gives what cannot be taken. */
  private List<String> session(PulledFiles files, Progress progress) throws PullException {
    HostKeys hostKeys = HostKeys.read(knownHosts, remote.host(), remote.port());
    try (SshClient client = client(hostKeys)) {
      client.start();
      try (ClientSession session = connect(client, hostKeys);
          SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
        return fetchAll(sftp, files, progress);
      }
    } catch (IOException e) {
      throw PullException.unreachable("The connection to " + remote.host() + " broke off.");
    }
  }

  private SshClient client(HostKeys hostKeys) {
    SshClient client = SshClient.setUpDefaultClient();
    // Nothing of the machine's own SSH configuration, keys or agent takes part.
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setAgentFactory(null);
    client.setServerKeyVerifier((session, address, key) -> hostKeys.accept(key));
    client.setSignatureFactories(hostKeys.preferred(client.getSignatureFactories()));
    CoreModuleProperties.IDLE_TIMEOUT.set(client, transport.idleTimeout());
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, transport.idleTimeout());
    return client;
  }

  private ClientSession connect(SshClient client, HostKeys hostKeys) throws PullException {
    ClientSession session;
    try {
      session =
          client
              .connect(remote.user(), remote.host(), remote.port())
              .verify(transport.connectTimeout())
              .getSession();
    } catch (IOException | RuntimeException e) {
      throw PullException.unreachable(
          "No connection to " + remote.host() + ":" + remote.port() + " can be made.");
    }
    try {
      password.ifPresent(secret -> session.addPasswordIdentity(secret.reveal()));
      keys.forEach(session::addPublicKeyIdentity);
      session.auth().verify(transport.idleTimeout());
      return session;
    } catch (IOException e) {
      session.close(true);
      if (hostKeys.refusal().isPresent()) {
        throw PullException.configuration(hostKeys.refusal().get());
      }
      if (e instanceof SshException ssh
          && ssh.getDisconnectCode()
              == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
        throw PullException.configuration(
            remote.host()
                + " refuses the login of "
                + remote.user()
                + ". Check the user, and the password or key in the environment.");
      }
      throw PullException.unreachable(remote.host() + " broke off before the login.");
    }
  }

  private List<String> fetchAll(SftpClient sftp, PulledFiles files, Progress progress)
      throws PullException {
    List<String> refused = new ArrayList<>();
    List<Listed> listed = list(sftp, refused);
    if (listed.isEmpty() && refused.isEmpty() && progress.state().files().isEmpty()) {
      throw PullException.data(
          "No file matches " + remote.address() + ". Put the export there, or correct `from:`.");
    }
    Map<String, Fetched> known = new TreeMap<>(progress.state().files());
    int unsaved = 0;
    try {
      for (Listed file : listed) {
        Fetched now = new Fetched(file.size(), Optional.of(file.modified().toString()), NO_ETAG);
        if (now.equals(known.get(file.name())) && files.has(file.name())) {
          continue;
        }
        try {
          fetchOne(sftp, file, files, progress);
        } catch (PullException e) {
          if (e.failure() != Failure.DATA) {
            throw e;
          }
          refused.add(PulledFiles.printable(file.name()) + ": " + e.getMessage());
          continue;
        }
        known.put(file.name(), now);
        if (++unsaved % FILES_PER_SAVE == 0) {
          save(files, progress, known);
        }
      }
    } finally {
      save(files, progress, known);
    }
    return refused;
  }

  private static final Optional<String> NO_ETAG = Optional.empty();

  private static void save(PulledFiles files, Progress progress, Map<String, Fetched> known) {
    progress.state(progress.state().withFiles(known));
    progress.state().write(files.directory());
  }

  /** A file that the glob matches. */
  private record Listed(String name, long size, Instant modified) {}

  /** The files to take, by time and name; what has no possible name is refused. */
  private List<Listed> list(SftpClient sftp, List<String> refused) throws PullException {
    List<Listed> listed = new ArrayList<>();
    try {
      for (DirEntry entry : entries(sftp)) {
        String name = entry.getFilename();
        boolean leadsElsewhere = name.contains("/") || name.contains("\\");
        if (name.startsWith(".") && !leadsElsewhere) {
          continue;
        }
        Optional<String> problem = PulledFiles.problem(name);
        if (problem.isEmpty() && matches(name)) {
          file(sftp, name, entry.getAttributes()).ifPresent(listed::add);
        } else if (problem.isPresent() && (leadsElsewhere || matches(name))) {
          refused.add("the name " + PulledFiles.printable(name) + " " + problem.get());
        }
      }
    } catch (SftpException e) {
      throw refusal(e, remote.address());
    } catch (IOException e) {
      throw PullException.unreachable("The listing of " + remote.address() + " broke off.");
    }
    listed.sort(Comparator.comparing(Listed::modified).thenComparing(Listed::name));
    return listed;
  }

  private List<DirEntry> entries(SftpClient sftp) throws IOException, PullException {
    List<DirEntry> entries = new ArrayList<>();
    try (CloseableHandle handle = sftp.openDir(remote.directory())) {
      for (List<DirEntry> some = sftp.readDir(handle); some != null; some = sftp.readDir(handle)) {
        entries.addAll(some);
        if (entries.size() > MOST_ENTRIES) {
          throw PullException.data(
              "The directory has more than " + MOST_ENTRIES + " entries. Have it tidied.");
        }
      }
    }
    return entries;
  }

  /** The file behind a name, if it is one; a link may lead to one. */
  private Optional<Listed> file(SftpClient sftp, String name, Attributes told)
      throws IOException, PullException {
    Attributes attributes = told;
    if (!told.isRegularFile() && !told.isDirectory()) {
      try {
        attributes = sftp.stat(path(name));
      } catch (SftpException e) {
        return Optional.empty();
      }
    }
    if (attributes.isDirectory() && remote.glob().equals(name)) {
      throw PullException.data(
          remote.address() + " is a directory; name the files in it, such as /*.csv.");
    }
    return attributes.isRegularFile() ? Optional.of(listed(name, attributes)) : Optional.empty();
  }

  private boolean matches(String name) {
    try {
      return matcher.matches(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Listed listed(String name, Attributes attributes) {
    Instant modified =
        attributes.getModifyTime() == null ? Instant.EPOCH : attributes.getModifyTime().toInstant();
    return new Listed(name, attributes.getSize(), modified);
  }

  private String path(String name) {
    return remote.directory() + (remote.directory().endsWith("/") ? "" : "/") + name;
  }

  private void fetchOne(SftpClient sftp, Listed file, PulledFiles files, Progress progress)
      throws PullException {
    if (file.size() > source.maxBytes()) {
      throw PulledFiles.tooLarge(source.maxBytes());
    }
    Path begun = files.begun(file.name());
    long bytes;
    Listed after;
    try (InputStream in = sftp.read(path(file.name()))) {
      bytes =
          PulledFiles.copy(
              in, begun, source.maxBytes(), at -> progress.bytes(file.name(), at, file.size()));
      after = listed(file.name(), sftp.stat(path(file.name())));
    } catch (SftpException e) {
      if (e.getStatus() == SftpConstants.SSH_FX_PERMISSION_DENIED) {
        throw PullException.data(
            remote.user() + " may not read it; ask the server's owner to allow it");
      }
      throw PullException.unreachable(
          "The server fails to give " + PulledFiles.printable(file.name()) + ".");
    } catch (IOException e) {
      throw PullException.unreachable("The connection to " + remote.host() + " broke off.");
    }
    if (bytes != file.size() || !after.equals(file)) {
      throw PullException.unreachable(
          PulledFiles.printable(file.name()) + " changed while it was read.");
    }
    if (files.keep(begun, file.name(), file.modified())) {
      progress.newFile(file.name());
    }
  }

  private PullException refusal(SftpException e, String what) {
    return switch (e.getStatus()) {
      case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH ->
          PullException.data(what + " is not there. Correct `from:`.");
      case SftpConstants.SSH_FX_NOT_A_DIRECTORY ->
          PullException.data(what + ": what should be the directory is none. Correct `from:`.");
      case SftpConstants.SSH_FX_PERMISSION_DENIED ->
          PullException.configuration(
              remote.user()
                  + " may not read "
                  + what
                  + ". Ask the server's owner to allow it, or correct `from:`.");
      default -> PullException.unreachable("The server fails to give " + what + ".");
    };
  }
}
