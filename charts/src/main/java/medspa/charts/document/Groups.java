package medspa.charts.document;

import java.util.ArrayList;
import java.util.List;

/** Lists cut to what fits side by side or below each other. */
public final class Groups {
  private Groups() {}

  /** The elements in groups of that size, the last one shorter. */
  public static <T> List<List<T>> of(List<T> elements, int size) {
    List<List<T>> groups = new ArrayList<>();
    for (int i = 0; i < elements.size(); i += size) {
      groups.add(List.copyOf(elements.subList(i, Math.min(elements.size(), i + size))));
    }
    return groups;
  }

  /** The elements in as few groups as that size allows, of about the same size. */
  public static <T> List<List<T>> balanced(List<T> elements, int size) {
    int groups = Math.max(1, (elements.size() + size - 1) / size);
    return of(elements, Math.max(1, (elements.size() + groups - 1) / groups));
  }
}
