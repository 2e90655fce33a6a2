package medspa.charts.read;

/**
 * One owner.
 *
 * @param currency ISO 4217 code of every amount
 */
public record Practice(String id, String name, String currency) {}
