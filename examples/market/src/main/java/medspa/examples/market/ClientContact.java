package medspa.examples.market;

import java.util.List;
import java.util.Locale;

/**
 * A client's name and contact, made up from the client's number; nobody is called so, and neither
 * the domain nor the telephone numbers can exist.
 */
record ClientContact(String firstName, String lastName, String phone, String email) {
  private static final List<String> FIRST =
      List.of(
          "Juniper",
          "Clementine",
          "Peony",
          "Marigold",
          "Saffron",
          "Wren",
          "Calliope",
          "Ottoline",
          "Briar",
          "Isolde",
          "Fern",
          "Lavender",
          "Odette",
          "Primrose",
          "Zinnia",
          "Thistle",
          "Hyacinth",
          "Bluebell",
          "Cosmo",
          "Barnaby",
          "Florian",
          "Linden",
          "Rowan");
  private static final List<String> LAST =
      List.of(
          "Quillfeather",
          "Butterworthy",
          "Applethorn",
          "Moonbrook",
          "Tumbleweather",
          "Pepperquist",
          "Larkenshire",
          "Dandelow",
          "Mistlewick",
          "Featherstoke",
          "Puddlemere",
          "Honeyvale",
          "Starlinger",
          "Willowmarsh",
          "Cobblefield",
          "Brambleton",
          "Figgleby",
          "Snowdrip",
          "Marblemoor",
          "Thimblewood",
          "Crumpleton",
          "Nettlecombe",
          "Owlsbury",
          "Picklewater",
          "Sunderbloom",
          "Twigglesworth",
          "Velvetine",
          "Wobblehart",
          "Yarrowby");

  /** The contact of that client of a practice. */
  static ClientContact of(String practiceId, int client) {
    long digits = RandomStream.hash(client, practiceId) >>> 1;
    String first = FIRST.get((int) (digits % FIRST.size()));
    String last = LAST.get((int) (digits / 64 % LAST.size()));
    return new ClientContact(
        first,
        last,
        "+12065550" + (100 + client % 100),
        (first + "." + last).toLowerCase(Locale.ROOT) + client + "@example.com");
  }
}
