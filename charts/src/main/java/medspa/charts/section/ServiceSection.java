package medspa.charts.section;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Passage;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.ServiceFacts;
import medspa.charts.read.ServiceFacts.Duration;
import medspa.charts.read.ServiceFacts.Hour;

/**
 * Services that take another time than they are booked for, and the hours that are full or empty.
 */
public final class ServiceSection implements Section<Subject> {
  private static final int SERVICES = 4;
  private static final int HOURS = 3;

  /**
   * Of its bookable time; an hour with more of it booked is full, one with less than half empty.
   */
  private static final double FULL = 0.95;

  private static final double EMPTY = 0.5;

  @Override
  public List<Block> blocks(Subject subject) {
    return subject
        .location()
        .map(LocationFacts::services)
        .map(ServiceSection::passage)
        .orElse(List.of());
  }

  private static List<Block> passage(ServiceFacts services) {
    List<String> sentences = new ArrayList<>();
    templates(services).ifPresent(sentences::add);
    hours(
            "Full over 13 weeks",
            services.hours().stream()
                .filter(hour -> hour.isBottleneck() || hour.bookedShare() >= FULL)
                .toList())
        .ifPresent(sentences::add);
    List<Hour> empty =
        new ArrayList<>(
            services.hours().stream().filter(hour -> hour.bookedShare() < EMPTY).toList());
    java.util.Collections.reverse(empty);
    hours("Emptiest", empty).ifPresent(sentences::add);
    if (sentences.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Services and hours of the week"));
    blocks.addAll(Block.Sentence.explaining(sentences));
    return List.of(new Passage(blocks));
  }

  private static Optional<String> templates(ServiceFacts services) {
    return services.wrongTemplates().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Booked for another time than they take: "
                + services.wrongTemplates().stream()
                    .limit(SERVICES)
                    .map(ServiceSection::words)
                    .collect(Collectors.joining("; "))
                + (services.wrongTemplates().size() > SERVICES
                    ? "; and " + (services.wrongTemplates().size() - SERVICES) + " more."
                    : "."));
  }

  private static String words(Duration service) {
    return service.service()
        + " "
        + Math.round(service.scheduledMedian())
        + " min, half within "
        + Math.round(service.actualMedian())
        + " and four of five within "
        + Math.round(service.actualP80())
        + " (n "
        + KpiFormat.count(service.timed())
        + ")";
  }

  private static Optional<String> hours(String lead, List<Hour> hours) {
    return hours.isEmpty()
        ? Optional.empty()
        : Optional.of(
            lead
                + ": "
                + hours.stream()
                    .limit(HOURS)
                    .map(
                        hour ->
                            DayOfWeek.of(hour.weekday()).getDisplayName(TextStyle.SHORT, Locale.US)
                                + " "
                                + hour.hour()
                                + ":00 ("
                                + Math.round(100 * hour.bookedShare())
                                + "% booked)")
                    .collect(Collectors.joining(", "))
                + ".");
  }
}
