package medspa.jobs.pull;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server on loopback whose files are those of a directory, and which can misbehave. */
final class SftpServer implements AutoCloseable {
  static final String USER = "practice";
  static final String PASSWORD = "Zq-secret-sftp-password";

  final SshServer server = SshServer.setUpDefaultServer();

  /** Names that the server tells in place of the real ones. */
  final Map<String, String> lies = new ConcurrentHashMap<>();

  /** How many more reads are broken off after their first block. */
  final AtomicInteger drops = new AtomicInteger();

  /** Reads of file contents. */
  final AtomicInteger reads = new AtomicInteger();

  /** Where set, the server answers no read of a file's second block until it is released. */
  volatile CountDownLatch stall;

  KeyPair hostKey;

  SftpServer(Path root) throws Exception {
    hostKey = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPasswordAuthenticator(
        (user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
    server.setFileSystemFactory(new VirtualFileSystemFactory(root));
    server.setSubsystemFactories(List.of(new Subsystem()));
    server.start();
  }

  int port() {
    return server.getPort();
  }

  /** The line of known_hosts that is right for this server. */
  String knownHostsLine() {
    return line(hostKey);
  }

  String line(KeyPair key) {
    return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n";
  }

  Remote.Sftp remote(String directory, String glob) {
    return new Remote.Sftp(
        USER, "127.0.0.1", port(), directory, glob, "PASSWORD", "KEY", "KEY_FILE", "PASSPHRASE");
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  private final class Subsystem extends SftpSubsystemFactory implements SftpEventListener {
    Subsystem() {
      addSftpEventListener(this);
    }

    @Override
    public Command createSubsystem(ChannelSession channel) {
      SftpSubsystem subsystem =
          new SftpSubsystem(channel, this) {
            @Override
            protected String getShortName(Path file) throws IOException {
              String name = super.getShortName(file);
              return lies.getOrDefault(name, name);
            }
          };
      subsystem.addSftpEventListener(this);
      return subsystem;
    }

    @Override
    public void reading(
        ServerSession session,
        String remoteHandle,
        FileHandle localHandle,
        long offset,
        byte[] data,
        int dataOffset,
        int dataLen)
        throws IOException {
      reads.incrementAndGet();
      if (offset > 0 && stall != null) {
        try {
          stall.await();
        } catch (InterruptedException e) {
          throw new IOException("interrupted", e);
        }
      }
      if (offset > 0 && drops.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        session.close(true);
        throw new IOException("dropped");
      }
    }
  }
}
