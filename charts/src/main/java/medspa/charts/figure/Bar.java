package medspa.charts.figure;

/** A bar of a chart: two bars may carry the same text, so its place tells them apart. */
record Bar(int place, String text) implements Comparable<Bar> {
  @Override
  public int compareTo(Bar other) {
    return Integer.compare(place, other.place);
  }

  @Override
  public String toString() {
    return text;
  }
}
