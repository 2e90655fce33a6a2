package medspa.examples.market;

import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import medspa.examples.market.Catalogue.Product;
import medspa.examples.market.Catalogue.Service;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.MarketPlan.Practitioner;
import medspa.examples.market.MarketPlan.Trait;
import medspa.examples.market.Schedule.Client;

/** Writes a practice's reference tables in the built-in format. */
final class ReferenceFormat {
  private final Practice practice;
  private final Exports exports;

  ReferenceFormat(Practice practice, Exports exports) {
    this.practice = practice;
    this.exports = exports;
  }

  void providers(LocalDate exportedOn) throws IOException {
    Map<String, Practitioner> providers = new LinkedHashMap<>();
    for (Location location : practice.locations()) {
      location.providers().forEach(p -> providers.putIfAbsent(p.id(), p));
    }
    write(
        "providers",
        exportedOn,
        List.of("provider_id", "name", "role"),
        rows -> {
          for (Practitioner provider : providers.values()) {
            rows.row(provider.id(), provider.name(), provider.role().title());
          }
        });
  }

  /**
   * @param isOld whether the list is from before the last price rise
   */
  void products(LocalDate exportedOn, boolean isOld) throws IOException {
    write(
        "products",
        exportedOn,
        List.of(
            "product_id",
            "sku",
            "name",
            "category",
            "unit_cost",
            "retail_price",
            "is_consignment",
            "lead_time_days",
            "safety_stock",
            "pack_quantity",
            "shelf_life_days"),
        rows -> {
          for (Product product : Catalogue.PRODUCTS) {
            long cost = isOld ? product.cost() * 95 / 100 : product.cost();
            rows.row(
                product.id(),
                product.sku(),
                product.name(),
                product.category(),
                practice.has(Trait.WINDOWS) && product.id().equals("NUMB")
                    ? ""
                    : Amounts.plain(cost),
                product.retail() == 0 ? "" : Amounts.plain(product.retail() * Sales.ONE),
                product.consigned() ? "true" : "false",
                Integer.toString(product.leadDays()),
                product.index() % 3 == 0 ? Integer.toString(product.weeklyUse() / 4) : "",
                Integer.toString(product.pack()),
                Integer.toString(product.shelfDays()));
          }
        });
  }

  /** The menu and what each service uses. */
  void services(LocalDate exportedOn) throws IOException {
    write(
        "services",
        exportedOn,
        List.of(
            "service_id",
            "name",
            "category",
            "duration_minutes",
            "setup_minutes",
            "turnover_minutes",
            "buffer_minutes",
            "list_price"),
        rows -> {
          for (Service service : Catalogue.SERVICES) {
            if (practice.has(Trait.LEAN) && service.id().equals("DERMA")) {
              continue; // the list is older than the service
            }
            boolean isConsultation = service.category().equals("Consultation");
            rows.row(
                service.id(),
                service.name(),
                service.category().equals("Wellness") && practice.has(Trait.LOT_COUNTS)
                    ? ""
                    : service.category(),
                Integer.toString(service.minutes()),
                isConsultation ? "" : "5",
                isConsultation ? "" : "10",
                service.category().equals("Laser") ? "5" : isConsultation ? "" : "0",
                Amounts.plain(Math.round(service.price() * practice.priceLevel()) * Sales.ONE));
          }
        });
    write(
        "service_products",
        exportedOn,
        List.of("service_id", "product_id", "quantity"),
        rows -> {
          for (Service service : Catalogue.SERVICES) {
            if (service.use() > 0) {
              long typical = (long) service.use() * (service.minUnits() + service.maxUnits()) / 2;
              rows.row(service.id(), service.product(), Amounts.number(typical));
            }
          }
        });
  }

  void rooms(LocalDate exportedOn) throws IOException {
    write(
        "rooms",
        exportedOn,
        List.of("room_id", "location_id", "name", "kind"),
        rows -> {
          for (Location location : practice.locations()) {
            for (int room = 1; room <= location.rooms(); room++) {
              rows.row("ROOM" + room, location.id(), "Room " + room, "treatment");
            }
            rows.row("LOBBY", location.id(), "Lobby", "waiting");
          }
        });
  }

  /** Appends clients to the practice's list of that day. */
  void clients(LocalDate exportedOn, List<Client> clients) throws IOException {
    write(
        "clients",
        exportedOn,
        List.of("client_id", "acquisition_channel", "first_seen_on"),
        rows -> {
          for (Client client : clients) {
            if (client.firstSeenDay() < exportedOn.toEpochDay()) {
              rows.row("C" + client.number(), client.acquiredBy(), firstSeenOn(client));
            }
          }
        });
  }

  /** Mostly the day of the first contact; some are not noted, some after the first visit. */
  private static String firstSeenOn(Client client) {
    if (client.number() % 37 == 3) {
      return "";
    }
    long days = client.number() % 41 == 7 ? 3 : 0;
    return LocalDate.ofEpochDay(client.firstSeenDay() + days).toString();
  }

  private void write(
      String table, LocalDate exportedOn, List<String> header, Exports.Content content)
      throws IOException {
    exports.write(
        table + "-" + exportedOn + ".csv",
        table,
        exportedOn,
        QuoteStrategies.REQUIRED,
        header,
        content);
  }
}
