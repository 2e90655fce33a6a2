package medspa.pipelines.demo;

import java.util.List;

/**
 * What every practice of the demo offers: services, what they use, and what stands on the shelf.
 */
final class Menu {
  private Menu() {}

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

  static final List<Service> SERVICES =
      List.of(
          service(
              0,
              "TOX",
              "Neurotoxin",
              "Neurotoxin",
              Role.INJECTOR,
              30,
              14,
              20,
              64,
              91,
              5,
              "BTX",
              10_000),
          service(
              1,
              "TOX2",
              "Neurotoxin Refresh",
              "Neurotoxin",
              Role.INJECTOR,
              15,
              13,
              10,
              24,
              84,
              1.5,
              "DTX",
              10_000),
          service(
              2,
              "LIP",
              "Lip Filler",
              "Filler",
              Role.INJECTOR,
              45,
              690,
              1,
              1,
              240,
              1.6,
              "LIPHA",
              10_000),
          service(
              3,
              "CHEEK",
              "Cheek Filler",
              "Filler",
              Role.INJECTOR,
              60,
              780,
              1,
              3,
              330,
              1,
              "VOLHA",
              10_000),
          service(
              4,
              "BIO",
              "Collagen Biostimulator",
              "Filler",
              Role.INJECTOR,
              60,
              850,
              1,
              2,
              42,
              0.5,
              "PLLA",
              10_000),
          service(
              5, "CONS", "Consultation", "Consultation", Role.INJECTOR, 30, 0, 1, 1, 0, 1, "", 0),
          service(
              6,
              "IV",
              "Hydration Drip",
              "Wellness",
              Role.INJECTOR,
              45,
              189,
              1,
              1,
              35,
              0.6,
              "SALINE",
              10_000),
          service(
              7,
              "HYDRA",
              "Hydrating Facial",
              "Facial",
              Role.AESTHETICIAN,
              60,
              199,
              1,
              1,
              35,
              3,
              "PEEL",
              60_000),
          service(
              8,
              "PEELS",
              "Chemical Peel",
              "Facial",
              Role.AESTHETICIAN,
              45,
              175,
              1,
              1,
              42,
              1.5,
              "PEEL",
              120_000),
          service(
              9,
              "DERMA",
              "Dermaplaning",
              "Facial",
              Role.AESTHETICIAN,
              30,
              95,
              1,
              1,
              30,
              1.2,
              "",
              0),
          service(
              10,
              "NEEDLE",
              "Microneedling",
              "Microneedling",
              Role.AESTHETICIAN,
              75,
              350,
              1,
              1,
              35,
              1.2,
              "TIP",
              10_000),
          service(
              11,
              "HAIR",
              "Laser Hair Removal",
              "Laser",
              Role.LASER,
              30,
              165,
              1,
              1,
              42,
              3,
              "GEL",
              200_000),
          service(
              12,
              "IPL",
              "Photofacial",
              "Laser",
              Role.LASER,
              45,
              325,
              1,
              1,
              28,
              1.6,
              "GEL",
              350_000),
          service(
              13,
              "RESURF",
              "Laser Resurfacing",
              "Laser",
              Role.LASER,
              75,
              690,
              1,
              1,
              180,
              0.7,
              "NUMB",
              150_000),
          service(
              14,
              "BODY",
              "Body Contouring",
              "Body",
              Role.LASER,
              60,
              450,
              1,
              1,
              49,
              0.9,
              "GEL",
              500_000));

  static final List<Product> PRODUCTS =
      List.of(
          product(
              0,
              "BTX",
              "NT-100",
              "Neurotoxin A (unit)",
              "Injectables",
              61_250,
              0,
              false,
              5,
              100,
              300,
              720),
          product(
              1,
              "DTX",
              "NT-300",
              "Neurotoxin B (unit)",
              "Injectables",
              52_000,
              0,
              false,
              7,
              100,
              240,
              120),
          product(
              2,
              "LIPHA",
              "HA-LIP",
              "Lip Filler Syringe",
              "Injectables",
              2_950_000,
              0,
              false,
              7,
              4,
              500,
              7),
          product(
              3,
              "VOLHA",
              "HA-VOL",
              "Volume Filler Syringe",
              "Injectables",
              3_410_000,
              0,
              true,
              10,
              2,
              540,
              7),
          product(
              4,
              "PLLA",
              "PL-150",
              "Biostimulator Vial",
              "Injectables",
              4_200_000,
              0,
              true,
              14,
              2,
              600,
              3),
          product(
              5, "SALINE", "IV-500", "Drip Kit", "Consumables", 215_000, 0, false, 6, 10, 120, 6),
          product(
              6,
              "PEEL",
              "PL-ML",
              "Peel Solution (ml)",
              "Consumables",
              8_750,
              0,
              false,
              8,
              250,
              75,
              170),
          product(
              7,
              "TIP",
              "MN-12",
              "Microneedling Tip",
              "Consumables",
              345_000,
              0,
              false,
              9,
              10,
              700,
              9),
          product(
              8,
              "GEL",
              "US-GEL",
              "Coupling Gel (ml)",
              "Consumables",
              420,
              0,
              false,
              6,
              1000,
              400,
              800),
          product(
              9,
              "NUMB",
              "LD-30",
              "Numbing Cream (g)",
              "Consumables",
              11_333,
              0,
              false,
              7,
              100,
              90,
              40),
          product(
              10,
              "SERUM",
              "SK-SER",
              "Vitamin C Serum",
              "Skincare",
              580_000,
              138,
              false,
              10,
              6,
              200,
              5),
          product(
              11,
              "SPF",
              "SK-SPF",
              "Mineral Sunscreen",
              "Skincare",
              165_000,
              42,
              false,
              8,
              12,
              365,
              8),
          product(
              12,
              "RETIN",
              "SK-RET",
              "Retinol Night Cream",
              "Skincare",
              395_000,
              92,
              false,
              10,
              6,
              300,
              4),
          product(
              13,
              "CLEAN",
              "SK-CLN",
              "Gentle Cleanser",
              "Skincare",
              130_000,
              36,
              true,
              8,
              12,
              500,
              5));

  private static final List<Integer> PRODUCT_OF_SERVICE =
      SERVICES.stream()
          .map(s -> PRODUCTS.stream().map(Product::id).toList().indexOf(s.product()))
          .toList();

  /** The services that a role performs. */
  static List<Service> of(Role role) {
    return SERVICES.stream().filter(s -> s.role() == role).toList();
  }

  /** The products that are sold over the counter. */
  static List<Product> retail() {
    return PRODUCTS.stream().filter(p -> p.retail() > 0).toList();
  }

  /** The index of the product a service uses, -1 for none. */
  static int productOf(Service service) {
    return PRODUCT_OF_SERVICE.get(service.index());
  }

  private static Service service(
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
    return new Service(
        index,
        id,
        name,
        category,
        role,
        minutes,
        price,
        minUnits,
        maxUnits,
        returnDays,
        weight,
        product,
        use);
  }

  private static Product product(
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
      int weeklyUse) {
    return new Product(
        index, id, sku, name, category, cost, retail, consigned, leadDays, pack, shelfDays,
        weeklyUse);
  }
}
