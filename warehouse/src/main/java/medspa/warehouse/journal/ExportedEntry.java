package medspa.warehouse.journal;

import java.time.Instant;

/**
 * An entry that is in the books.
 *
 * @param at when it was exported
 */
public record ExportedEntry(JournalEntry entry, Instant at) {}
