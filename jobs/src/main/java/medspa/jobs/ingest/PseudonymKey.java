package medspa.jobs.ingest;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The workspace's key, under which client ids become pseudonyms. It lives in memory only: it has no
 * text form, and nothing writes it.
 */
public final class PseudonymKey {
  /** Fewer bytes than this can be guessed. */
  public static final int MINIMUM_BYTES = 32;

  /**
   * Fewer different bytes than this are a word or a pattern; 32 random hexadecimal digits have 14.
   */
  public static final int MINIMUM_DIFFERENT = 8;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * A key from its text, surrounding white space left out.
   *
   * @throws IllegalArgumentException if it has fewer than {@value #MINIMUM_BYTES} bytes, or fewer
   *     than {@value #MINIMUM_DIFFERENT} different ones
   */
  public PseudonymKey(String secret) {
    byte[] bytes = secret.strip().getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MINIMUM_BYTES) {
      throw new IllegalArgumentException(
          "The pseudonym key has "
              + bytes.length
              + " bytes, it must have "
              + MINIMUM_BYTES
              + " or more");
    }
    long different = IntStream.range(0, bytes.length).map(i -> bytes[i]).distinct().count();
    if (different < MINIMUM_DIFFERENT) {
      throw new IllegalArgumentException(
          "The pseudonym key has only "
              + different
              + " different bytes, so that it can be guessed; it must have "
              + MINIMUM_DIFFERENT
              + " or more");
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** The pseudonym of a value within a practice: 128 bits of HMAC-SHA-256, hexadecimal. */
  String pseudonym(String practiceId, String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(practiceId.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0x1f);
      byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
    }
  }

  /** Tells one key from another without revealing either. */
  public String fingerprint() {
    return pseudonym("", "fingerprint");
  }

  @Override
  public String toString() {
    return "PseudonymKey";
  }
}
