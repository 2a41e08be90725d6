package io.shouwang.config;

/**
 * Where {@code rules.yaml} changes the limits of an area, a home or an elder.
 *
 * @param of {@code area}, {@code home} or {@code elder}
 * @param line of its id, from 1
 * @param column of its id, from 1
 */
public record OverridePlace(String of, String id, int line, int column) {
  @Override
  public String toString() {
    return of + " " + id;
  }
}
