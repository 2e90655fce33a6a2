package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients are found in texts, and ids that somebody typed by their form. */
class ClientsInTextTest {
  private static Optional<String> masked(String text, String... parts) {
    ClientNames clients = new ClientNames();
    clients.add(List.of(parts));
    return clients.in(List.of(text)).masked(text, "*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Jane Doe | Botox Jane Doe | Botox *",
        "Jane Doe | JANE DOE's peel | *'s peel",
        "Jane Doe | Peel (Doe, Jane) | Peel (*)",
        "Jane Doe | receipt_jane-doe.csv | receipt_*.csv",
        "Doe, Jane | Botox Jane Doe | Botox *",
        "Jane Doe | Jane M. Doe, Botox | *, Botox",
        "Jane M. Doe | Botox Jane Doe | Botox *",
        "Dr. Jane Doe | Botox Jane Doe | Botox *",
        "Jane Ann Doe | Botox Jane Doe | Botox *",
        "Ana María de la Cruz | voucher ANA DE LA CRUZ | voucher *",
        "José Peña | Botox Jose Pena | Botox *",
        "Zoë O’Hara | Facial Zoe O'Hara | Facial *",
        "Jürgen Groß | Facial JÜRGEN GROSS | Facial *",
        "Mia Smith-Jones | Gift for Mia Smith Jones | Gift for *",
        "Walk-in Jane Doe | Botox Jane Doe | Botox *",
        "Jane Doe | Jane Doe and Jane Doe | * and *",
        "555-019-9773 | Call (555) 0199773 | Call (*",
        "+1 (555) 019-9773 | Botox 5550199773 | Botox *",
        "'+15550199773 | Botox 555.019.9773 x2 | Botox * x2",
        "019-9773 | Botox 019 9773 | Botox *",
        "5550199773 | 5550199773 | *",
        "x | Botox jane@doe.example paid | Botox * paid"
      })
  void aClientIsFoundHoweverTheTextWritesIt(String client, String text, String expected) {
    assertThat(masked(text, client)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Rose | Rose peel",
        "May | Special May offer",
        "Jane Doe | Botox Jane",
        "Jane Doe | Botox Janet Doerr",
        "Jane Doe | Jane Smith, Amy Doe",
        "J. Doe | Botox Doe",
        "Walk In | Walk In facial",
        "Walk-In Guest | Walk-in guest fee",
        "Guest Guest | Guest Guest",
        "Cash Customer | Cash customer discount",
        "No Client | No client",
        "New Patient | New patient exam",
        "Online Guest | Online guest",
        "Gift Card | Gift Card 100",
        "C-100012345 | Lot 100012345",
        "9773 | Suite 9773",
        "0199773 | 0199773",
        "555-019-9773 | 1555019977345",
      })
  void aWordAloneAPlaceholderOrAPartOfAWordIsNoClient(String client, String text) {
    assertThat(masked(text, client)).isEmpty();
  }

  @Test
  void aNameInPartsIsFoundInEitherOrder() {
    assertThat(masked("Botox jane doe", "Jane", "Doe")).contains("Botox *");
    assertThat(masked("Botox Doe Jane", "Jane", "Doe")).contains("Botox *");
    assertThat(masked("Botox Mary Doe", "Mary Ann", "Doe")).contains("Botox *");
    assertThat(masked("Botox Doe", "", "Doe")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jane Doe",
        "INV 12 Jane Doe",
        "Doe, Jane 4",
        "jane.doe",
        "INV-Jane-Doe",
        "12_Jane_Doe",
        "jane@doe.example:paid",
        "555-0199-7731",
        "(555) 019-9773",
        "INV +1 555 019 9773",
        "1001 jane doe:gift_card",
        "Ana de la Cruz"
      })
  void anIdThatHoldsAPersonIsTyped(String id) {
    assertThat(FreeId.isTyped(id)).isTrue();
    assertThat(java.util.regex.Pattern.compile(FreeId.MAY_BE).matcher(id).find())
        .as("the engine sees it")
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INV-1234",
        "#1001",
        "14-P01",
        "2026-06-01:1",
        "S1:gift_card",
        "SALE-LINE-4",
        "1ee3ab7e-dead-beef-cafe-0123456789ab",
        "urn:blvd:Appointment:1",
        "T1 2",
        "100-2000-30",
        "2026-06-01T10:00:00",
        "Kim:Botox:2026-06-01T10:00:00",
        "1.23",
        "5550199773",
        "ZN A1"
      })
  void anIdThatASystemGaveIsNotTyped(String id) {
    assertThat(FreeId.isTyped(id)).isFalse();
  }

  @Test
  void everyColumnOfEveryTableIsMaskedOrLeftForAKnownReason() {
    Set<String> left = new TreeSet<>();
    TableContracts contracts = TableContracts.load();
    for (String name : contracts.names()) {
      TableContract contract = contracts.table(name);
      for (Column column : contract.columns()) {
        boolean holdsText = column.type() == ColumnType.ID || column.type() == ColumnType.TEXT;
        if (holdsText && MaskedText.treatment(contract, column) == MaskedText.Treatment.NEVER) {
          left.add(
              List.of("location_id", "provider_id", "lot").contains(column.name())
                  ? column.name()
                  : name + "." + column.name());
        }
      }
    }
    assertThat(left)
        .as("configured, of the staff, or made of days and products")
        .containsExactly(
            "location_id",
            "lot",
            "provider_id",
            "providers.name",
            "providers.role",
            "sale_lines.seller_id",
            "shifts.shift_id",
            "stock_counts.count_id",
            "timecards.timecard_id");
  }
}
