package medspa.examples.market;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What every practice offers: services, the products they use, and the products it sells. */
final class Catalogue {
  private Catalogue() {}

  /** Who may perform a service. */
  enum Role {
    INJECTOR("nurse injector"),
    AESTHETICIAN("aesthetician"),
    LASER("laser technician");

    private final String title;

    Role(String title) {
      this.title = title;
    }

    /** The role as an export writes it. */
    String title() {
      return title;
    }
  }

  /**
   * A service.
   *
   * @param price dollars of one unit
   * @param minUnits fewest units of one treatment; 1 where it is not priced by unit
   * @param maxUnits most units of one treatment
   * @param returnDays days after which a content client is due again; 0 for never
   * @param weight how often it is chosen among the services of its role
   * @param product the product it uses, empty for none
   * @param use base units of the product per unit, in ten-thousandths
   */
  record Service(
      int index,
      String id,
      String name,
      String category,
      Role role,
      int minutes,
      int price,
      int minUnits,
      int maxUnits,
      int returnDays,
      double weight,
      String product,
      int use) {
    /** Whether it is priced by unit rather than by treatment. */
    boolean byUnit() {
      return maxUnits > 4;
    }
  }

  /**
   * A product.
   *
   * @param cost cost of one base unit in ten-thousandths of a dollar
   * @param retail price of one base unit in dollars, 0 where it is not sold
   * @param pack base units of one ordered pack
   * @param shelfDays days a fresh lot keeps
   * @param weeklyUse base units that a busy location uses in a week
   */
  record Product(
      int index,
      String id,
      String sku,
      String name,
      String category,
      long cost,
      int retail,
      boolean consigned,
      int leadDays,
      int pack,
      int shelfDays,
      int weeklyUse) {}

  /** Columns as in {@link Service}. */
  private static final String SERVICE_LIST =
      """
      TOX    | Neurotoxin             | Neurotoxin    | INJECTOR     | 30 | 14  | 20 | 64 | 91  | 5   | BTX    | 10000
      TOX2   | Neurotoxin Refresh     | Neurotoxin    | INJECTOR     | 15 | 13  | 10 | 24 | 84  | 1.5 | DTX    | 10000
      LIP    | Lip Filler             | Filler        | INJECTOR     | 45 | 690 | 1  | 1  | 240 | 1.6 | LIPHA  | 10000
      CHEEK  | Cheek Filler           | Filler        | INJECTOR     | 60 | 780 | 1  | 3  | 330 | 1   | VOLHA  | 10000
      BIO    | Collagen Biostimulator | Filler        | INJECTOR     | 60 | 850 | 1  | 2  | 42  | 0.5 | PLLA   | 10000
      CONS   | Consultation           | Consultation  | INJECTOR     | 30 | 0   | 1  | 1  | 0   | 1   | -      | 0
      IV     | Hydration Drip         | Wellness      | INJECTOR     | 45 | 189 | 1  | 1  | 35  | 0.6 | SALINE | 10000
      HYDRA  | Hydrating Facial       | Facial        | AESTHETICIAN | 60 | 199 | 1  | 1  | 35  | 3   | PEEL   | 60000
      PEELS  | Chemical Peel          | Facial        | AESTHETICIAN | 45 | 175 | 1  | 1  | 42  | 1.5 | PEEL   | 120000
      DERMA  | Dermaplaning           | Facial        | AESTHETICIAN | 30 | 95  | 1  | 1  | 30  | 1.2 | -      | 0
      NEEDLE | Microneedling          | Microneedling | AESTHETICIAN | 75 | 350 | 1  | 1  | 35  | 1.2 | TIP    | 10000
      HAIR   | Laser Hair Removal     | Laser         | LASER        | 30 | 165 | 1  | 1  | 42  | 3   | GEL    | 200000
      IPL    | Photofacial            | Laser         | LASER        | 45 | 325 | 1  | 1  | 28  | 1.6 | GEL    | 350000
      RESURF | Laser Resurfacing      | Laser         | LASER        | 75 | 690 | 1  | 1  | 180 | 0.7 | NUMB   | 150000
      BODY   | Body Contouring        | Body          | LASER        | 60 | 450 | 1  | 1  | 49  | 0.9 | GEL    | 500000
      """;

  /** Columns as in {@link Product}. */
  private static final String PRODUCT_LIST =
      """
      BTX    | NT-100 | Neurotoxin A (unit)   | Injectables | 61250   | 0   | false | 5  | 100  | 300 | 1500
      DTX    | NT-300 | Neurotoxin B (unit)   | Injectables | 52000   | 0   | false | 7  | 100  | 240 | 220
      LIPHA  | HA-LIP | Lip Filler Syringe    | Injectables | 2950000 | 0   | false | 7  | 4    | 500 | 9
      VOLHA  | HA-VOL | Volume Filler Syringe | Injectables | 3410000 | 0   | true  | 10 | 2    | 540 | 12
      PLLA   | PL-150 | Biostimulator Vial    | Injectables | 4200000 | 0   | true  | 14 | 2    | 600 | 4
      SALINE | IV-500 | Drip Kit              | Consumables | 215000  | 0   | false | 6  | 10   | 120 | 5
      PEEL   | PL-ML  | Peel Solution (ml)    | Consumables | 8750    | 0   | false | 8  | 250  | 75  | 140
      TIP    | MN-12  | Microneedling Tip     | Consumables | 345000  | 0   | false | 9  | 10   | 700 | 6
      GEL    | US-GEL | Coupling Gel (ml)     | Consumables | 420     | 0   | false | 6  | 1000 | 400 | 2200
      NUMB   | LD-30  | Numbing Cream (g)     | Consumables | 11333   | 0   | false | 7  | 100  | 90  | 90
      SERUM  | SK-SER | Vitamin C Serum       | Skincare    | 580000  | 138 | false | 10 | 6    | 200 | 11
      SPF    | SK-SPF | Mineral Sunscreen     | Skincare    | 165000  | 42  | false | 8  | 12   | 365 | 10
      RETIN  | SK-RET | Retinol Night Cream   | Skincare    | 395000  | 92  | false | 10 | 6    | 300 | 10
      CLEAN  | SK-CLN | Gentle Cleanser       | Skincare    | 130000  | 36  | true  | 8  | 12   | 500 | 11
      """;

  static final List<Service> SERVICES = rows(SERVICE_LIST, Catalogue::service);

  static final List<Product> PRODUCTS = rows(PRODUCT_LIST, Catalogue::product);

  private static final List<Integer> PRODUCT_OF_SERVICE =
      SERVICES.stream()
          .map(s -> PRODUCTS.stream().map(Product::id).toList().indexOf(s.product()))
          .toList();

  private static final Map<Role, List<Service>> BY_ROLE =
      SERVICES.stream().collect(Collectors.groupingBy(Service::role));

  private static final List<Product> RETAIL =
      PRODUCTS.stream().filter(p -> p.retail() > 0).toList();

  /** The services that a role performs. */
  static List<Service> of(Role role) {
    return BY_ROLE.get(role);
  }

  /** The products that are sold over the counter. */
  static List<Product> retail() {
    return RETAIL;
  }

  /** The index of the product a service uses, -1 for none. */
  static int productOf(Service service) {
    return PRODUCT_OF_SERVICE.get(service.index());
  }

  private static <T> List<T> rows(String list, BiFunction<Integer, List<String>, T> row) {
    List<String> lines = list.lines().toList();
    return IntStream.range(0, lines.size())
        .mapToObj(i -> row.apply(i, cells(lines.get(i))))
        .toList();
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|", -1))
        .map(String::strip)
        .map(cell -> cell.equals("-") ? "" : cell)
        .toList();
  }

  private static Service service(int index, List<String> cells) {
    return new Service(
        index,
        cells.get(0),
        cells.get(1),
        cells.get(2),
        Role.valueOf(cells.get(3)),
        Integer.parseInt(cells.get(4)),
        Integer.parseInt(cells.get(5)),
        Integer.parseInt(cells.get(6)),
        Integer.parseInt(cells.get(7)),
        Integer.parseInt(cells.get(8)),
        Double.parseDouble(cells.get(9)),
        cells.get(10),
        Integer.parseInt(cells.get(11)));
  }

  private static Product product(int index, List<String> cells) {
    return new Product(
        index,
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        Long.parseLong(cells.get(4)),
        Integer.parseInt(cells.get(5)),
        Boolean.parseBoolean(cells.get(6)),
        Integer.parseInt(cells.get(7)),
        Integer.parseInt(cells.get(8)),
        Integer.parseInt(cells.get(9)),
        Integer.parseInt(cells.get(10)));
  }
}
