package medspa.pipelines.deliver;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server on loopback that takes what a test lets it, and keeps what it took. */
public final class PostOffice implements AutoCloseable {
  static final String USER = "reports@medspa.example";

  /** What a test says to an address; may refuse, wait or kill. */
  @FunctionalInterface
  interface Rule {
    void on(String recipient) throws RejectException;
  }

  /** A mail that was taken. */
  public record Taken(String recipient, String raw, boolean wasLoggedIn) {
    /** The mail as its reader has it. */
    public MimeMessage message() throws Exception {
      return new MimeMessage(
          Session.getInstance(new Properties()),
          new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
    }
  }

  final List<Taken> taken = new CopyOnWriteArrayList<>();
  final List<String> senders = new CopyOnWriteArrayList<>();
  volatile Rule atRecipient = recipient -> {};
  volatile Rule afterData = recipient -> {};
  private final SMTPServer server;

  private PostOffice(UnaryOperator<SMTPServer.Builder> how) {
    this.server =
        how.apply(
                SMTPServer.port(0)
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .messageHandlerFactory(Handler::new))
            .build();
    server.start();
  }

  /** One that encrypts nothing and asks for no login. */
  public static PostOffice plain() {
    return new PostOffice(builder -> builder);
  }

  /** One that takes mail over STARTTLS from who knows the password. */
  static PostOffice startTls(Path store, String password) throws Exception {
    SSLContext context = own(store);
    return new PostOffice(
        builder ->
            builder
                .enableTLS()
                .requireTLS()
                .requireAuth()
                .startTlsSocketFactory(context)
                .authenticationHandlerFactory(login(password)));
  }

  /** One that encrypts from the first byte. */
  static PostOffice tls(Path store, String password) throws Exception {
    SSLContext context = own(store);
    return new PostOffice(
        builder ->
            builder
                .requireAuth()
                .serverSocketFactory(context)
                .authenticationHandlerFactory(login(password)));
  }

  /** One that asks for a login and encrypts nothing. */
  static PostOffice clearLogin(String password) {
    return new PostOffice(
        builder -> builder.requireAuth().authenticationHandlerFactory(login(password)));
  }

  private static EasyAuthenticationHandlerFactory login(String password) {
    return new EasyAuthenticationHandlerFactory(
        (user, given, context) -> {
          if (!user.equals(USER) || !given.equals(password)) {
            throw new LoginFailedException("no such login");
          }
        });
  }

  /** Where it listens. */
  public int port() {
    return server.getPortAllocated();
  }

  /** What it took, in that order. */
  public List<Taken> taken() {
    return List.copyOf(taken);
  }

  private final class Handler implements MessageHandler {
    private final MessageContext context;
    private String recipient = "";

    Handler(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String from) {
      senders.add(from);
    }

    @Override
    public void recipient(String to) throws RejectException {
      atRecipient.on(to);
      recipient = to;
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
      String raw = new String(data.readAllBytes(), StandardCharsets.UTF_8);
      afterData.on(recipient);
      taken.add(new Taken(recipient, raw, context.getAuthenticationHandler().isPresent()));
      return "taken";
    }

    @Override
    public void done() {}
  }

  @Override
  public void close() {
    server.stop();
  }

  private static SSLContext own(Path store) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(keyStore(store), "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Trusts the certificate of that store alone. */
  static Optional<SSLContext> trust(Path store) throws Exception {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(keyStore(store));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return Optional.of(context);
  }

  /** A certificate of this machine's own, made as the JDK's tool makes it. */
  private static KeyStore keyStore(Path store) throws Exception {
    if (!Files.exists(store)) {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-alias",
                  "server",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "san=dns:localhost,ip:127.0.0.1",
                  "-validity",
                  "3650",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  "changeit",
                  "-keystore",
                  store.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    return keys;
  }
}
