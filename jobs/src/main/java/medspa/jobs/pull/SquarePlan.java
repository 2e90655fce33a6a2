package medspa.jobs.pull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import medspa.jobs.pull.PullState.OpenPull;

/**
 * The questions that a pull of one kind of object is made of. They follow from the open pull alone,
 * so that a pull that goes on asks the same ones.
 *
 * @param object the kind
 * @param locations Square's ids of the locations of each question
 * @param from where its time begins
 * @param until where its time ends
 */
record SquarePlan(SquareObject object, List<String> locations, Instant from, Instant until) {
  private static final Duration LONGEST_OF_BOOKINGS = Duration.ofDays(31);
  private static final int MOST_LOCATIONS = 10;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static List<SquarePlan> of(SquareObject object, OpenPull open) {
    List<SquarePlan> parts = new ArrayList<>();
    switch (object) {
      case BOOKINGS -> {
        for (String location : open.locations()) {
          Instant from = open.from();
          while (from.isBefore(open.ahead())) {
            Instant most = from.plus(LONGEST_OF_BOOKINGS);
            Instant until = most.isBefore(open.ahead()) ? most : open.ahead();
            parts.add(new SquarePlan(object, List.of(location), from, until));
            from = until;
          }
        }
      }
      case PAYMENTS, REFUNDS -> {
        for (String location : open.locations()) {
          parts.add(new SquarePlan(object, List.of(location), open.from(), open.until()));
        }
      }
      case ORDERS, INVENTORY_COUNTS -> {
        for (int i = 0; i < open.locations().size(); i += MOST_LOCATIONS) {
          int end = Math.min(i + MOST_LOCATIONS, open.locations().size());
          parts.add(
              new SquarePlan(object, open.locations().subList(i, end), open.from(), open.until()));
        }
      }
      case CATALOG, TEAM_MEMBERS ->
          parts.add(new SquarePlan(object, List.of(), open.from(), open.until()));
    }
    return parts;
  }

  /** Puts the question for one page into a request to a server. */
  HttpRequest.Builder ask(HttpRequest.Builder request, URI baseUrl, String cursor) {
    return switch (object) {
      case ORDERS, INVENTORY_COUNTS, TEAM_MEMBERS ->
          request
              .uri(uri(baseUrl, Map.of()))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body(cursor).toString()));
      case BOOKINGS, PAYMENTS, REFUNDS, CATALOG -> request.uri(uri(baseUrl, query(cursor))).GET();
    };
  }

  private URI uri(URI baseUrl, Map<String, String> query) {
    String text =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String base = baseUrl.toString().replaceFirst("/+$", "");
    return URI.create(base + object.path() + (text.isEmpty() ? "" : "?" + text));
  }

  private Map<String, String> query(String cursor) {
    Map<String, String> query = new LinkedHashMap<>();
    if (object == SquareObject.CATALOG) {
      query.put("types", "ITEM,CATEGORY");
    } else {
      query.put("location_id", locations.get(0));
      query.put("limit", "100");
    }
    if (object == SquareObject.BOOKINGS) {
      query.put("start_at_min", from.toString());
      query.put("start_at_max", until.toString());
    }
    if (object == SquareObject.PAYMENTS || object == SquareObject.REFUNDS) {
      // By default only what was created within a year is listed.
      query.put("begin_time", Instant.EPOCH.toString());
      query.put("end_time", until.toString());
      query.put("updated_at_begin_time", from.toString());
      query.put("updated_at_end_time", until.toString());
      query.put("sort_field", "UPDATED_AT");
      query.put("sort_order", "ASC");
    }
    if (!cursor.isEmpty()) {
      query.put("cursor", cursor);
    }
    return query;
  }

  private ObjectNode body(String cursor) {
    ObjectNode body = JSON.objectNode();
    if (object == SquareObject.ORDERS) {
      locations.forEach(body.withArray("location_ids")::add);
      body.put("limit", 500);
      ObjectNode query = body.putObject("query");
      query
          .putObject("filter")
          .putObject("date_time_filter")
          .putObject("updated_at")
          .put("start_at", from.toString())
          .put("end_at", until.toString());
      query.putObject("sort").put("sort_field", "UPDATED_AT").put("sort_order", "ASC");
    } else if (object == SquareObject.INVENTORY_COUNTS) {
      locations.forEach(body.withArray("location_ids")::add);
      body.withArray("states").add("IN_STOCK");
      body.put("updated_after", from.toString());
      body.put("limit", 100);
    } else {
      body.put("limit", 100);
    }
    if (!cursor.isEmpty()) {
      body.put("cursor", cursor);
    }
    return body;
  }
}
