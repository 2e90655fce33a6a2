package medspa.examples.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import medspa.examples.market.Catalogue.Service;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.Schedule.Client;

/** The clients of one location and when each is due for what. */
final class ClientBase {
  /** Clients that a location has from the beginning, per provider. */
  private static final int REGULARS_PER_PROVIDER = 55;

  /** Clients that follow the staff to a new location. */
  private static final int NEW_REGULARS = 12;

  private static final List<String> CHANNELS =
      List.of("instagram", "google", "referral", "website", "event", "walk_by");

  private final int locations;
  private final int index;
  private final RandomStream random;
  private final List<Client> clients = new ArrayList<>();
  private final List<PriorityQueue<Due>> dues;

  /** How many of the newest clients still come now and then; the others have moved on. */
  private final int active;

  private int sequence;

  private record Due(long day, int sequence, int client) {}

  /**
   * Whom a booking is for.
   *
   * @param number the client's number in the practice, -1 where nobody noted one
   * @param isNew whether the location did not know the client before
   */
  record BookedClient(int number, boolean isNew, boolean isDue) {}

  ClientBase(Practice practice, Location location, RandomStream random, long firstDay) {
    this.locations = practice.locations().size();
    this.index = location.index();
    this.random = random;
    this.dues =
        IntStream.range(0, Catalogue.SERVICES.size())
            .mapToObj(
                i ->
                    new PriorityQueue<Due>(
                        Comparator.comparingLong(Due::day).thenComparingInt(Due::sequence)))
            .toList();
    double[] weights =
        Catalogue.SERVICES.stream().mapToDouble(s -> s.returnDays() > 0 ? s.weight() : 0).toArray();
    boolean isNew = location.openedOn().toEpochDay() >= firstDay;
    this.active = REGULARS_PER_PROVIDER * location.providers().size();
    int regulars = isNew ? NEW_REGULARS : active;
    for (int i = 0; i < regulars; i++) {
      BookedClient client = newClient(firstDay - (isNew ? 0 : random.between(20, 900)));
      Service service = Catalogue.SERVICES.get(random.weighted(weights));
      due(client.number(), service, firstDay + random.between(0, service.returnDays()));
    }
  }

  List<Client> clients() {
    return clients;
  }

  /** Somebody for that service on that day: who is due, else a regular, else somebody new. */
  BookedClient client(Service service, long day) {
    PriorityQueue<Due> queue = dues.get(service.index());
    Due head = queue.peek();
    if (head != null && head.day() <= day + 5 && random.chance(0.9)) {
      queue.poll();
      return new BookedClient(head.client(), false, true);
    }
    if (random.chance(0.004)) {
      return new BookedClient(-1, false, false);
    }
    if (locations > 1 && random.chance(0.01)) {
      int sibling = (index + 1) % locations;
      return new BookedClient(number(random.between(0, NEW_REGULARS - 1), sibling), false, false);
    }
    if (!clients.isEmpty() && random.chance(0.52)) {
      int oldest = Math.max(0, clients.size() - active);
      return new BookedClient(
          clients.get(random.between(oldest, clients.size() - 1)).number(), false, false);
    }
    return newClient(day);
  }

  /** Notes that the client will want the service from that day on. */
  void due(int client, Service service, long day) {
    dues.get(service.index()).add(new Due(day, sequence++, client));
  }

  private BookedClient newClient(long day) {
    int number = number(clients.size(), index);
    clients.add(new Client(number, random.pick(CHANNELS), day));
    return new BookedClient(number, true, false);
  }

  /** Numbers are given out in turns among the locations, so that a practice numbers from 1. */
  private int number(int ordinal, int locationIndex) {
    return ordinal * locations + locationIndex + 1;
  }
}
