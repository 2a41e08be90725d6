package io.shouwang.rules;

/**
 * A number, or a word, that a finding rests on.
 *
 * @param name as the wording knows it
 * @param value as it is shown: a number without its unit, a time as ISO-8601, or a name that an
 *     office gave; never a person's data
 */
public record Figure(String name, String value) {

  public static Figure of(String name, long value) {
    return new Figure(name, Long.toString(value));
  }

  /** Two significant decimals at most. */
  public static Figure of(String name, double value) {
    double rounded = Math.rint(value * 100) / 100;
    return new Figure(
        name,
        rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15
            ? Long.toString((long) rounded)
            : Double.toString(rounded));
  }
}
