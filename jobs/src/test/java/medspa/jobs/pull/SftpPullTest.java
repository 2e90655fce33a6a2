package medspa.jobs.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import medspa.jobs.pull.Pull.Outcome;
import medspa.warehouse.definition.InvalidDefinitionException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from a real SFTP server on loopback. */
class SftpPullTest {
  private static final Instant MONDAY = Instant.parse("2026-06-08T06:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-06-09T06:00:00Z");

  @TempDir Path directory;
  private Path served;
  private SftpServer server;
  private PullRun run;

  @BeforeEach
  void start() throws Exception {
    served = Files.createDirectories(directory.resolve("served"));
    server = new SftpServer(served);
    run = new PullRun(Files.createDirectories(directory.resolve("workspace")));
    run.environment.put("PASSWORD", SftpServer.PASSWORD);
    Files.writeString(run.knownHosts(), server.knownHostsLine());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void serve(String name, String text, Instant modified) throws IOException {
    Path file = served.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  @Test
  void filesThatMatchComeWithTheirTimesAndAgainOnlyWhenTheyChange() throws Exception {
    serve("out/sales-1.csv", "one", MONDAY);
    serve("out/sales-2.csv", "two", TUESDAY);
    serve("out/notes.txt", "no", TUESDAY);
    serve("out/.sales-3.csv", "hidden", TUESDAY);
    serve("out/sales-old.csv/inner.csv", "in a directory", TUESDAY);

    Outcome first = run.from(server.remote("/out", "sales-*.csv"));
    assertThat(first.failure()).as(first.message()).isEmpty();
    assertThat(first.newFiles()).isEqualTo(2);
    assertThat(run.visible()).containsExactly("sales-1.csv", "sales-2.csv");
    assertThat(run.modified("sales-1.csv")).isEqualTo(MONDAY);
    assertThat(run.modified("sales-2.csv")).isEqualTo(TUESDAY);

    int reads = server.reads.get();
    assertThat(run.from(server.remote("/out", "sales-*.csv")).newFiles()).isZero();
    assertThat(server.reads.get()).as("nothing was read again").isEqualTo(reads);

    serve("out/sales-1.csv", "one, corrected", TUESDAY);
    assertThat(run.from(server.remote("/out", "sales-*.csv")).newFiles()).isEqualTo(1);
    assertThat(run.visible())
        .containsExactly("20260609T060000Z/sales-1.csv", "sales-1.csv", "sales-2.csv");
    assertThat(run.text("sales-1.csv")).as("never overwritten").isEqualTo("one");
    assertThat(run.text("20260609T060000Z/sales-1.csv")).isEqualTo("one, corrected");
  }

  @Test
  void filesThatAreGoneAtTheSourceStay() throws Exception {
    serve("sales.csv", "one", MONDAY);
    run.from(server.remote("/", "*.csv"));
    Files.delete(served.resolve("sales.csv"));
    Outcome later = run.from(server.remote("/", "*.csv"));
    assertThat(later.failure()).isEmpty();
    assertThat(run.visible()).containsExactly("sales.csv");
  }

  @Test
  void withoutItsMemoryNothingIsTakenTwice() throws Exception {
    serve("sales.csv", "one", MONDAY);
    run.from(server.remote("/", "*.csv"));
    Files.delete(run.directory().resolve(".pull.json"));
    assertThat(run.from(server.remote("/", "*.csv")).newFiles()).isZero();
    Files.writeString(run.directory().resolve(".pull.json"), "{\"files\": 7");
    assertThat(run.from(server.remote("/", "*.csv")).newFiles()).isZero();
    assertThat(run.visible()).containsExactly("sales.csv");
  }

  @Test
  void anUnknownHostIsRefusedWithItsFingerprintAndTheLineToAdd() throws Exception {
    serve("sales.csv", "one", MONDAY);
    Files.delete(run.knownHosts());
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    assertThat(outcome.failure()).contains(Failure.CONFIGURATION);
    assertThat(outcome.message())
        .contains(
            "is not known",
            KeyUtils.getFingerPrint(server.hostKey.getPublic()),
            "known_hosts",
            server.knownHostsLine().strip());
    assertThat(run.visible()).isEmpty();
    assertThat(run.knownHosts()).as("nothing is learned by connecting").doesNotExist();

    // The line that was printed is one that works.
    String message = outcome.message();
    Files.writeString(run.knownHosts(), message.substring(message.indexOf("[127.0.0.1]:", 120)));
    assertThat(run.from(server.remote("/", "*.csv")).newFiles()).isEqualTo(1);
  }

  @Test
  void aChangedHostKeyIsRefusedBeforeThePasswordIsSent() throws Exception {
    serve("sales.csv", "one", MONDAY);
    KeyPair other = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
    Files.writeString(run.knownHosts(), server.line(other));
    boolean[] asked = new boolean[1];
    server.server.setPasswordAuthenticator((user, password, session) -> asked[0] = true);
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    assertThat(outcome.failure()).contains(Failure.CONFIGURATION);
    assertThat(outcome.message())
        .contains(
            "is another than in known_hosts",
            KeyUtils.getFingerPrint(server.hostKey.getPublic()),
            KeyUtils.getFingerPrint(other.getPublic()));
    assertThat(asked[0]).isFalse();
    assertThat(run.waits).as("a retry is of no use").isEmpty();
  }

  @Test
  void aRevokedHostKeyIsRefused() throws Exception {
    Files.writeString(
        run.knownHosts(), server.knownHostsLine() + "@revoked " + server.knownHostsLine());
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    assertThat(outcome.failure()).contains(Failure.CONFIGURATION);
    assertThat(outcome.message()).contains("revoked");
  }

  @Test
  void aHostThatIsKnownByAnotherKindOfItsKeysIsKnown() throws Exception {
    serve("sales.csv", "one", MONDAY);
    KeyPair rsa = KeyUtils.generateKeyPair("ssh-rsa", 2048);
    server.server.setKeyPairProvider(
        org.apache.sshd.common.keyprovider.KeyPairProvider.wrap(server.hostKey, rsa));
    Files.writeString(run.knownHosts(), server.line(rsa));
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    assertThat(outcome.failure()).as(outcome.message()).isEmpty();
  }

  @Test
  void aWrongPasswordIsRefusedAndNeverPrinted() throws Exception {
    run.environment.put("PASSWORD", "Zq-wrong-password");
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    assertThat(outcome.failure()).contains(Failure.CONFIGURATION);
    assertThat(outcome.message()).contains("refuses the login of practice");
    assertThat(run.said(outcome)).doesNotContain("Zq-wrong-password");
  }

  @Test
  void withoutAnySecretNothingIsTriedAndTheVariablesAreNamed() {
    run.environment.clear();
    assertThatThrownBy(() -> run.from(server.remote("/", "*.csv")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("PASSWORD")
        .hasMessageContaining("KEY_FILE");
    assertThat(run.lines).isEmpty();
  }

  private static byte[] privateKey(KeyPair key, String passphrase) throws Exception {
    OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
    encryption.setPassword(passphrase);
    encryption.setCipherType("256");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", encryption, out);
    return out.toByteArray();
  }

  @Test
  void aPrivateKeyLogsInFromAFileOrTheEnvironmentAndNeedsItsPassphrase() throws Exception {
    serve("sales.csv", "one", MONDAY);
    KeyPair key = KeyUtils.generateKeyPair("ssh-ed25519", 256);
    server.server.setPasswordAuthenticator(null);
    server.server.setPublickeyAuthenticator(
        (user, shown, session) -> KeyUtils.compareKeys(shown, key.getPublic()));
    byte[] text = privateKey(key, "Zq-passphrase");
    Path file = Files.write(directory.resolve("id"), text);

    run.environment.clear();
    run.environment.put("KEY_FILE", file.toString());
    assertThatThrownBy(() -> run.from(server.remote("/", "*.csv")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("passphrase in PASSPHRASE");
    run.environment.put("PASSPHRASE", "Zq-passphrase");
    Outcome byFile = run.from(server.remote("/", "*.csv"));
    assertThat(byFile.failure()).as(byFile.message()).isEmpty();
    assertThat(run.visible()).containsExactly("sales.csv");

    run.environment.remove("KEY_FILE");
    run.environment.put("KEY", new String(text, StandardCharsets.UTF_8));
    Outcome byText = run.from(server.remote("/", "*.csv"));
    assertThat(byText.failure()).as(byText.message()).isEmpty();
  }

  @Test
  void aConnectionThatBreaksInTheMiddleLeavesNothingVisibleAndIsTakenUpAgain() throws Exception {
    String large = "0123456789".repeat(60_000);
    serve("small.csv", "one", MONDAY);
    serve("sales.csv", large, TUESDAY);
    server.drops.set(3);
    Outcome broken = run.from(server.remote("/", "*.csv"));
    assertThat(broken.failure()).contains(Failure.UNREACHABLE);
    assertThat(run.visible()).as("what was whole before stays").containsExactly("small.csv");
    assertThat(run.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(run.state().failure()).isPresent();

    server.drops.set(1);
    Outcome whole = run.from(server.remote("/", "*.csv"));
    assertThat(whole.failure()).as(whole.message()).isEmpty();
    assertThat(whole.newFiles()).isEqualTo(1);
    assertThat(run.text("sales.csv")).isEqualTo(large);
    assertThat(run.everything()).noneMatch(path -> path.endsWith(".part"));
  }

  @Test
  void aServerThatStandsStillIsGivenUp() throws Exception {
    serve("sales.csv", "0123456789".repeat(60_000), MONDAY);
    server.stall = new CountDownLatch(1);
    run.idleTimeout = Duration.ofSeconds(1);
    run.attempts = 1;
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    server.stall.countDown();
    assertThat(outcome.failure()).contains(Failure.UNREACHABLE);
    assertThat(run.visible()).isEmpty();
  }

  @Test
  void anotherAddressUnderTheSameNameIsNotTakenForTheOldOne() throws Exception {
    serve("old/sales.csv", "old", MONDAY);
    serve("new/sales.csv", "new", MONDAY);
    run.from(server.remote("/old", "*.csv"));
    Outcome outcome = run.from(server.remote("/new", "*.csv"));
    assertThat(outcome.newFiles()).isEqualTo(1);
    assertThat(run.visible()).containsExactly("20260608T060000Z/sales.csv", "sales.csv");
  }

  @Test
  void aServerThatIsAwayMayWorkLater() throws Exception {
    server.close();
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    assertThat(outcome.failure()).contains(Failure.UNREACHABLE);
    assertThat(run.waits).hasSize(2);
  }

  @Test
  void noMatchAMissingDirectoryAndADirectoryInPlaceOfAFileAreTold() throws Exception {
    serve("out/notes.txt", "no", MONDAY);
    Outcome none = run.from(server.remote("/out", "*.csv"));
    assertThat(none.failure()).contains(Failure.DATA);
    assertThat(none.message()).contains("No file matches", "/out/*.csv");
    Outcome missing = run.from(server.remote("/nowhere", "*.csv"));
    assertThat(missing.failure()).contains(Failure.DATA);
    assertThat(missing.message()).contains("/nowhere/*.csv is not there");
    Outcome isDirectory = run.from(server.remote("/", "out"));
    assertThat(isDirectory.failure()).contains(Failure.DATA);
    assertThat(isDirectory.message()).contains("/out is a directory");
  }

  @Test
  void aFileThatIsTooLargeIsLeftOutAndTheOthersAreTaken() throws Exception {
    run.maxBytes = 1 << 20;
    serve("large.csv", "x".repeat((1 << 20) + 1), MONDAY);
    serve("sales.csv", "one", TUESDAY);
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    assertThat(outcome.failure()).contains(Failure.DATA);
    assertThat(outcome.message()).contains("large.csv", "larger than 1 MB", "max_megabytes");
    assertThat(run.visible()).containsExactly("sales.csv");
  }

  @Test
  void namesThatLeadElsewhereAreNeverWritten() throws Exception {
    serve("a.csv", "evil", MONDAY);
    serve("b.csv", "evil", MONDAY);
    serve("c.csv", "evil", MONDAY);
    serve("d.csv", "evil", MONDAY);
    serve("good.csv", "good", MONDAY);
    serve("back\\slash.csv", "evil", MONDAY);
    serve("nul.csv", "evil", MONDAY);
    serve("bell\u0007.csv", "evil", MONDAY);
    server.lies.put("a.csv", "../../../escaped.csv");
    server.lies.put("b.csv", run.workspace.resolve("absolute.csv").toString());
    server.lies.put("c.csv", "..");
    server.lies.put("d.csv", "sub/deep.csv");
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    assertThat(outcome.failure()).contains(Failure.DATA);
    assertThat(outcome.message())
        .contains("leads to another folder", "is that of a device", "control characters")
        .doesNotContain("\u0007");
    assertThat(run.everything())
        .containsExactly(
            "exports/pulled/source/.pull.json", "exports/pulled/source/good.csv", "known_hosts");
    assertThat(directory.resolve("escaped.csv")).doesNotExist();
  }

  @Test
  void namesInAnyScriptAreTakenWhereTheSystemCanWriteThem() throws Exception {
    serve("x.csv", "one", MONDAY);
    server.lies.put("x.csv", "Umsätze 日本 💉.csv");
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    Optional<String> problem = PulledFiles.problem("Umsätze 日本 💉.csv");
    if (problem.isEmpty()) {
      // The server has lied, so the file is asked for and is not there; its name was accepted.
      assertThat(outcome.failure()).contains(Failure.UNREACHABLE);
      server.lies.clear();
      Files.move(served.resolve("x.csv"), served.resolve("Umsätze 日本 💉.csv"));
      assertThat(run.from(server.remote("/", "Ums*.csv")).newFiles()).isEqualTo(1);
      assertThat(run.visible()).containsExactly("Umsätze 日本 💉.csv");
    } else {
      assertThat(outcome.message()).contains("LC_ALL=C.UTF-8");
    }
  }

  @Tag("full")
  @Test
  void aDirectoryOfTenThousandFilesIsListed() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      Files.createFile(served.resolve("file-" + i + ".csv"));
    }
    serve("file-7777.csv", "seven", MONDAY);
    Outcome outcome = run.from(server.remote("/", "file-777*.csv"));
    assertThat(outcome.failure()).as(outcome.message()).isEmpty();
    assertThat(outcome.newFiles()).isEqualTo(11);
    assertThat(run.text("file-7777.csv")).isEqualTo("seven");
  }

  @Test
  void aKnownHostsFileThatIsNoneIsTold() throws Exception {
    Files.writeString(run.knownHosts(), "127.0.0.1 ssh-ed25519\n");
    Outcome outcome = run.from(server.remote("/", "*.csv"));
    assertThat(outcome.failure()).contains(Failure.CONFIGURATION);
    assertThat(outcome.message()).contains("known_hosts");
  }
}
