package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClientFinderTest {
  private static final ClientFinder FINDER = new ClientFinder(Set.of(), Set.of());

  @Test
  void anAddressIsFoundWhereverItBegins() {
    assertThat(FINDER.masked("Peel, (jo.d+x@mail.example.org)", "[client]"))
        .contains("Peel, ([client])");
    assertThat(FINDER.masked("a@b@mail.org", "[client]")).contains("a@[client]");
    assertThat(FINDER.masked("Peel @ home", "[client]")).isEmpty();
  }

  @Test
  @Timeout(60) // at the square of its length it takes hours
  void aCellOfAMillionLettersIsSearchedInOnePass() {
    assertThat(FINDER.masked("x".repeat(1_000_000), "[client]")).isEmpty();
  }
}
