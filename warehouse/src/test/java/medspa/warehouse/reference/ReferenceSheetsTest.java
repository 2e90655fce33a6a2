package medspa.warehouse.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.list.ListCatalogue;
import org.junit.jupiter.api.Test;

/** The workbook asks for everything that a list can be made of by hand, and for no client. */
class ReferenceSheetsTest {
  @Test
  void everyReferenceColumnOfAListHasItsPlaceInTheWorkbook() {
    TableContracts contracts = TableContracts.load();
    List<String> asked = new ArrayList<>();
    for (ReferenceSheet sheet : ReferenceSheets.load()) {
      sheet.columns().forEach(c -> asked.add(sheet.contract().name() + "." + c.name()));
    }

    assertThat(
            ListCatalogue.load().all().stream()
                .flatMap(list -> Stream.concat(list.needs().stream(), list.gains().stream()))
                .flatMap(part -> part.columns().stream())
                .filter(column -> contracts.table(column.table()).kind() == Kind.REFERENCE)
                .filter(column -> !column.table().equals("clients"))
                .map(column -> column.name()))
        .isNotEmpty()
        .isSubsetOf(asked);
  }

  @Test
  void aSheetHasEachColumnOfItsTableOnceAndNoneOfAClient() {
    for (ReferenceSheet sheet : ReferenceSheets.load()) {
      assertThat(sheet.columns())
          .extracting(ReferenceColumn::name)
          .containsExactlyInAnyOrderElementsOf(
              sheet.contract().columns().stream().map(c -> c.name()).toList());
      assertThat(sheet.columns()).noneMatch(column -> column.column().type() == ColumnType.CLIENT);
      assertThat(sheet.columns().subList(0, sheet.key().size())).isEqualTo(sheet.key());
      // Columns that are only shown are told by their heads.
      assertThat(sheet.seen()).allMatch(column -> column.label().startsWith("Seen: "));
    }
  }
}
