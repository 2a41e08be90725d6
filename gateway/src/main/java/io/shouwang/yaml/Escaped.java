package io.shouwang.yaml;

/** Text from outside, made fit for a log line or a message: one line, no control characters. */
public final class Escaped {
  private static final int VALUE_LENGTH_MAX = 60;

  private Escaped() {}

  /** The text with control characters and lone surrogates written as escapes. */
  public static String line(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(out, point));
    return out.toString();
  }

  /** A value in quotes, escaped and shortened. */
  public static String quoted(String value) {
    StringBuilder out = new StringBuilder("\"");
    int[] points = value.codePoints().limit(VALUE_LENGTH_MAX + 1L).toArray();
    for (int i = 0; i < Math.min(points.length, VALUE_LENGTH_MAX); i++) {
      if (points[i] == '"') {
        out.append("\\\"");
      } else {
        append(out, points[i]);
      }
    }
    return out.append(points.length > VALUE_LENGTH_MAX ? "…\"" : "\"").toString();
  }

  private static void append(StringBuilder out, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append(String.format("\\u%04x", point));
      default -> out.appendCodePoint(point);
    }
  }
}
