package io.shouwang.backtest;

import java.util.Locale;

/** What a file holds, as it may be shown: quoted, short, control characters escaped. */
final class RecordingText {
  private static final int SHOWN_MAX = 40;

  private RecordingText() {}

  static String shown(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .limit(SHOWN_MAX)
        .forEach(c -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            out.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.append('"').toString();
  }
}
