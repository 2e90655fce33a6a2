package medspa.pipelines.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Eighteen weeks of a small practice with two locations, made up row by row with everything that
 * makes a row hard to count: overlaps, midnights, clocks that change, refunds, late payments, lots,
 * counts, and notes of several lines that move the lines of a file. A second practice has
 * appointments only. The same rows each time.
 */
final class ExplainedMarket {
  static final LocalDate AS_OF = LocalDate.of(2026, 11, 16);
  private static final LocalDate FIRST = AS_OF.minusWeeks(18);

  private static final List<String> CATEGORIES = List.of("Injectables", "Laser", "");
  private static final Map<String, List<String>> PROVIDERS =
      Map.of("austin", List.of("P1", "P2"), "soho", List.of("P1", "P3"));

  private final Random random = new Random(11);
  private final Map<String, StringBuilder> files = new LinkedHashMap<>();
  private int number;

  private ExplainedMarket() {}

  /** Writes configuration and exports into the workspace. */
  static void write(Path workspace) {
    ExplainedMarket market = new ExplainedMarket();
    market.references();
    for (LocalDate day = FIRST; day.isBefore(AS_OF.plusDays(3)); day = day.plusDays(1)) {
      if (day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        market.day("austin", day);
        market.day("soho", day);
      }
    }
    market.openings();
    market.traps();
    market.files.put("../medspa.yaml", new StringBuilder(configuration()));
    market.files.put("../key", new StringBuilder("0123456789abcdef0123456789abcdef"));
    market.files.forEach((name, text) -> store(workspace.resolve("exports").resolve(name), text));
  }

  private static void store(Path file, CharSequence text) {
    try {
      Files.createDirectories(file.normalize().getParent());
      Files.writeString(file.normalize(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuration() {
    String sources =
        List.of(
                "appointments",
                "shifts",
                "timecards",
                "sale_lines",
                "payments",
                "stock_movements",
                "stock_counts",
                "rooms",
                "services",
                "products",
                "clients")
            .stream()
            .map(
                table ->
                    "  - {name: %s, format: medspa, table: %s, practice: glow, from: exports/%s.csv}\n"
                        .formatted(table, table, table))
            .collect(Collectors.joining());
    return """
    currency: USD
    pseudonym_key_file: key
    practices:
      - id: glow
        name: Glow
        locations:
          - id: austin
            name: Austin
            time_zone: America/Chicago
            region: TX
            notice_hours: 24
            opening_hours: {mon: "09:00-18:00", tue: "09:00-18:00", wed: "09:00-12:30, 13:00-18:00", thu: "09:00-18:00", fri: "09:00-18:00", sat: "10:00-15:00"}
            closed_days: [2026-09-07]
          - {id: soho, name: Soho, time_zone: America/New_York, region: NY, rooms: 3, notice_hours: 48}
      - id: solo
        name: Solo
        locations: [{id: reno, name: Reno, time_zone: America/Los_Angeles}]
    shift_templates:
      - {location: soho, provider: P3, weekly: {mon: "10:00-15:00", tue: "10:00-15:00", wed: "10:00-15:00"}}
    sources:
    """
        + sources
        + "  - {name: reno, format: medspa, table: appointments, practice: solo, from: exports/reno.csv}\n";
  }

  private void row(String file, Object... cells) {
    StringBuilder text = files.get(file + ".csv");
    for (int i = 0; i < cells.length; i++) {
      text.append(i == 0 ? "" : ",").append(cells[i]);
    }
    text.append('\n');
  }

  private void header(String file, String columns) {
    files.put(file + ".csv", new StringBuilder(columns).append('\n'));
  }

  private void references() {
    header(
        "appointments",
        "appointment_id,location_id,visit_id,client_id,note,provider_id,room_id,service_id,booked_at,"
            + "start_at,end_at,status,cancelled_at,checked_in_at,started_at,finished_at,"
            + "booking_channel,reminder_sent_at");
    header("shifts", "shift_id,location_id,provider_id,start_at,end_at,kind");
    header("timecards", "timecard_id,location_id,provider_id,clock_in_at,clock_out_at");
    header(
        "sale_lines",
        "sale_id,line_id,location_id,client_id,provider_id,seller_id,sold_at,kind,service_id,"
            + "product_id,quantity,gross_amount,discount_amount,tax_amount");
    header("payments", "payment_id,location_id,sale_id,paid_at,tender,amount");
    header(
        "stock_movements",
        "movement_id,location_id,product_id,lot,expires_on,moved_at,kind,quantity,unit_cost,"
            + "freight_amount,is_expedited");
    header("stock_counts", "count_id,location_id,product_id,lot,counted_at,quantity");
    header("clients", "client_id,acquisition_channel,first_seen_on");
    header("rooms", "room_id,location_id,name,kind");
    for (String location : PROVIDERS.keySet().stream().sorted().toList()) {
      row("rooms", "R1-" + location, location, "Room 1", "treatment");
      row("rooms", "R2-" + location, location, "Room 2", "treatment");
      row("rooms", "R9-" + location, location, "Office", "office");
    }
    header(
        "services",
        "service_id,name,category,duration_minutes,setup_minutes,turnover_minutes,buffer_minutes");
    for (int i = 0; i < 6; i++) {
      row("services", "S" + i, "Service " + i, CATEGORIES.get(i % 3), 30, i % 2 * 5, 10, 5);
    }
    header("products", "product_id,name,unit_cost,retail_price,is_consignment");
    row("products", "BTX", "Toxin", "5.25", "", "false");
    row("products", "FIL", "Filler", "", "", "false");
    row("products", "CRM", "Cream", "11", "30", "false");
    row("products", "CON", "Lens", "40", "90", "true");
    for (int i = 0; i < 10; i++) {
      row("clients", "C" + i, i % 2 == 0 ? "referral" : "ads", FIRST.minusDays(i * 9L - 30));
    }
    header("reno", "appointment_id,location_id,start_at,end_at,status");
    row(
        "reno",
        "N1",
        "reno",
        AS_OF.minusDays(3) + "T09:00",
        AS_OF.minusDays(3) + "T10:00",
        "booked");
  }

  private void day(String location, LocalDate day) {
    for (String provider : PROVIDERS.get(location)) {
      if (random.nextInt(6) == 0) {
        continue;
      }
      shift(location, provider, day);
      LocalTime time = LocalTime.of(8 + random.nextInt(3), 30 * random.nextInt(2));
      for (int i = 0; i < 3; i++) {
        appointment(location, provider, day.atTime(time));
        time = time.plusMinutes(20 + 5L * random.nextInt(24));
      }
    }
    for (int i = 0; i < 3; i++) {
      sale(location, day);
    }
    stock(location, day);
  }

  private void shift(String location, String provider, LocalDate day) {
    if (!provider.equals("P3")) {
      row("shifts", "H" + ++number, location, provider, day + "T09:00", day + "T16:00", "bookable");
      if (random.nextInt(3) == 0) {
        row(
            "shifts",
            "H" + ++number,
            location,
            provider,
            day + "T15:20",
            day + "T17:45",
            "bookable");
      }
      row("shifts", "H" + ++number, location, provider, day + "T12:00", day + "T12:35", "break");
    }
    row(
        "timecards",
        "T" + ++number,
        location,
        provider,
        day + "T08:52:10",
        day.atTime(17, random.nextInt(60), random.nextInt(60)));
  }

  private void appointment(String location, String provider, LocalDateTime start) {
    String id = "A" + ++number;
    String status =
        List.of(
                "completed",
                "completed",
                "arrived",
                "completed",
                "no_show",
                "cancelled",
                "booked",
                "deleted")
            .get(random.nextInt(8));
    boolean attended = status.equals("completed") || status.equals("arrived");
    LocalDateTime started = start.plusMinutes(random.nextInt(25) - 5L);
    row(
        "appointments",
        id,
        location,
        random.nextInt(5) == 0 ? "V" + number / 7 : "",
        random.nextInt(9) == 0 ? "" : "C" + random.nextInt(30),
        random.nextInt(20) == 0 ? "\"of two\nlines, and more\"" : "",
        random.nextInt(10) == 0 ? "" : provider,
        random.nextInt(4) == 0 ? "" : "R" + (1 + random.nextInt(2)) + "-" + location,
        random.nextInt(9) == 0 ? "" : "S" + random.nextInt(6),
        random.nextInt(9) == 0 ? "" : start.minusDays(random.nextInt(60)).minusHours(1),
        start,
        start.plusMinutes(15 + 15L * random.nextInt(5)),
        status,
        status.equals("cancelled") && random.nextInt(4) > 0
            ? start.minusHours(random.nextInt(72) - 2L)
            : "",
        attended && random.nextInt(3) > 0 ? start.minusMinutes(random.nextInt(20) - 8L) : "",
        attended && random.nextInt(4) > 0 ? started : "",
        attended && random.nextInt(4) > 0 ? started.plusMinutes(20 + random.nextInt(30)) : "",
        List.of("online", "phone", "walk_in", "app", "other", "").get(random.nextInt(6)),
        "");
  }

  private void sale(String location, LocalDate day) {
    String sale = "X" + ++number;
    String client = random.nextInt(6) == 0 ? "" : "C" + random.nextInt(30);
    LocalDateTime sold = day.atTime(10 + random.nextInt(7), random.nextInt(60));
    int lines = 1 + random.nextInt(3);
    for (int i = 1; i <= lines; i++) {
      String kind =
          List.of(
                  "service",
                  "service",
                  "service",
                  "retail",
                  "retail",
                  "fee",
                  "package",
                  "tip",
                  "gift_card",
                  "membership",
                  "deposit")
              .get(random.nextInt(11));
      boolean refund = random.nextInt(12) == 0;
      String sign = refund ? "-" : "";
      row(
          "sale_lines",
          sale,
          i,
          location,
          client,
          random.nextInt(7) == 0 ? "" : PROVIDERS.get(location).get(random.nextInt(2)),
          random.nextInt(3) == 0 ? "" : PROVIDERS.get(location).get(random.nextInt(2)),
          sold,
          kind,
          kind.equals("service") && random.nextInt(8) > 0 ? "S" + random.nextInt(6) : "",
          kind.equals("retail") ? "CRM" : "",
          sign + 1,
          sign + (40 + random.nextInt(400)) + ".1234",
          random.nextInt(3) == 0 ? sign + random.nextInt(30) + ".05" : "",
          random.nextInt(2) == 0 ? sign + "3.33" : "");
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      row(
          "payments",
          "Y" + ++number,
          location,
          random.nextInt(15) == 0 ? "unknown" : sale,
          sold.plusDays(random.nextInt(12)),
          List.of("cash", "card", "financing", "package", "gift_card").get(random.nextInt(5)),
          20 + random.nextInt(200) + ".50");
    }
  }

  private void stock(String location, LocalDate day) {
    for (String product : List.of("BTX", "FIL", "CRM", "CON")) {
      if (day.getDayOfWeek() == DayOfWeek.TUESDAY && random.nextInt(2) == 0) {
        boolean expedited = random.nextInt(3) == 0;
        move(
            location,
            product,
            lot(product, day),
            day.atTime(15, 0),
            "receipt",
            Integer.toString(30 + random.nextInt(40)),
            random.nextInt(5) == 0 ? "" : 3 + random.nextInt(9) + "." + random.nextInt(10000),
            expedited || random.nextInt(2) == 0 ? "24.90" : "",
            expedited ? "true" : "");
      }
      if (random.nextInt(2) == 0) {
        String kind =
            List.of(
                    "usage",
                    "usage",
                    "usage",
                    "sale",
                    "waste",
                    "expired",
                    "transfer_out",
                    "adjustment",
                    "return")
                .get(random.nextInt(9));
        String quantity = (kind.equals("return") ? "" : "-") + (1 + random.nextInt(6)) + ".5";
        move(
            location,
            product,
            random.nextInt(2) == 0 ? lot(product, day) : ",",
            day.atTime(11, random.nextInt(60)),
            kind,
            quantity,
            random.nextInt(6) == 0 ? "7.7777" : "",
            "",
            "");
      }
      if (day.getDayOfMonth() == 14 && !product.equals("FIL")) {
        row(
            "stock_counts",
            "K" + ++number,
            location,
            product,
            random.nextInt(3) == 0 ? product + day.getMonthValue() : "",
            day + "T18:00",
            random.nextInt(50) - 1);
      }
    }
  }

  /** Lot and expiry date of a product that is delivered in that month. */
  private static String lot(String product, LocalDate day) {
    return product + day.getMonthValue() + "," + day.withDayOfMonth(10).plusMonths(2);
  }

  private void move(
      String location,
      String product,
      String lot,
      LocalDateTime at,
      String kind,
      String quantity,
      String cost,
      String freight,
      String expedited) {
    row(
        "stock_movements",
        "M" + ++number,
        location,
        product,
        lot,
        at,
        kind,
        quantity,
        cost,
        freight,
        expedited);
  }

  /** Opening balances: a product's first event is a count, and one has no cost before a receipt. */
  private void openings() {
    for (String product : List.of("BTX", "FIL", "CRM")) {
      row("stock_counts", "K" + ++number, "austin", product, "", FIRST + "T07:00", 40);
    }
  }

  /** What the random rows would hardly meet. */
  private void traps() {
    // A night over the end of a week in which the clocks go back, and a shift that holds it.
    row("shifts", "HN", "austin", "P2", "2026-10-31T22:00", "2026-11-01T20:00", "bookable");
    row("shifts", "HM", "austin", "P2", "2026-11-01T20:00", "2026-11-02T02:00", "bookable");
    appointmentAt("AN", "P2", "2026-11-01T00:30", "2026-11-01T02:30", "completed");
    appointmentAt("AM", "P2", "2026-11-01T23:15", "2026-11-02T00:45", "completed");
    appointmentAt("AO", "P2", "2026-11-01T23:30", "2026-11-02T01:30", "no_show");
    // A visit whose rows lie in two weeks.
    row(
        "appointments",
        "AV1",
        "austin",
        "VX",
        "C1",
        "",
        "P1",
        "",
        "S0",
        "",
        "2026-10-24T10:00",
        "2026-10-24T11:00",
        "no_show",
        "",
        "",
        "",
        "",
        "",
        "");
    row(
        "appointments",
        "AV2",
        "austin",
        "VX",
        "C1",
        "",
        "P2",
        "",
        "S1",
        "",
        "2026-10-27T10:00",
        "2026-10-27T11:00",
        "completed",
        "",
        "",
        "",
        "",
        "",
        "");
    // A receipt that is refunded weeks later, and a payment on the as-of day.
    row(
        "sale_lines",
        "XR",
        1,
        "soho",
        "C2",
        "P3",
        "",
        "2026-09-01T10:00",
        "service",
        "S1",
        "",
        1,
        "300",
        "",
        "");
    row(
        "sale_lines",
        "XR",
        2,
        "soho",
        "C2",
        "P3",
        "",
        "2026-10-20T10:00",
        "service",
        "S1",
        "",
        -1,
        "-100",
        "",
        "");
    row("payments", "YR1", "soho", "XR", "2026-10-21T10:00", "card", "200");
    row("payments", "YR2", "soho", "XR", AS_OF + "T00:00", "card", "5");
  }

  private void appointmentAt(String id, String provider, String start, String end, String status) {
    row(
        "appointments",
        id,
        "austin",
        "",
        "C3",
        "",
        provider,
        "R1-austin",
        "S2",
        "",
        start,
        end,
        status,
        "",
        "",
        "",
        "",
        "",
        "");
  }
}
