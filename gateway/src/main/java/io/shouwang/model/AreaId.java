package io.shouwang.model;

/** An area: city, county, town or street, village or community, grid. Areas form a tree. */
public record AreaId(String value) implements Comparable<AreaId> {
  public AreaId {
    Identity.require("AreaId", value);
  }

  @Override
  public int compareTo(AreaId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
