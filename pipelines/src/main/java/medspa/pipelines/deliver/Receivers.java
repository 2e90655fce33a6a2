package medspa.pipelines.deliver;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * What a delivery needs of the machine.
 *
 * @param environment where secrets are, by the name of their variable
 * @param clock stamps mails and the history, and decides nothing
 * @param tls whom to trust, where it is not what the machine trusts
 */
public record Receivers(
    Function<String, Optional<String>> environment, Clock clock, Optional<SSLContext> tls) {}
