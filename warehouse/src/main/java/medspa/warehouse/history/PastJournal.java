package medspa.warehouse.history;

import java.time.Instant;
import java.util.List;
import medspa.warehouse.journal.JournalEntry;

/**
 * Journal entries that were exported together, and so are in the books of a practice.
 *
 * @param practice whose books
 * @param recordedAt when
 * @param runId publication that they are of
 */
public record PastJournal(
    String practice, Instant recordedAt, String runId, List<JournalEntry> entries) {}
