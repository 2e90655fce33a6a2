package medspa.charts.read;

import java.util.List;

/**
 * A consultant and the practices that engaged the consultant, which alone may be named.
 *
 * @param practiceIds in the order of their ids
 */
public record Consultant(String id, String name, List<String> practiceIds) {}
