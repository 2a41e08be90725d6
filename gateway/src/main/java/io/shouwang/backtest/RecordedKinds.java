package io.shouwang.backtest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The kinds a recording names, found by their bytes; there are few. One thread. */
final class RecordedKinds {
  private static final int KINDS_MAX = 256;

  private byte[][] names = new byte[8][];
  private @Nullable RecordedKind[] kinds = new @Nullable RecordedKind[8];
  private int count;

  /** What it means; null for what can be no kind. */
  @Nullable RecordedKind find(byte[] buffer, int start, int end) {
    for (int i = 0; i < count; i++) {
      byte[] name = names[i];
      if (Arrays.equals(name, 0, name.length, buffer, start, end)) {
        return kinds[i];
      }
    }
    RecordedKind kind =
        RecordedKind.of(new String(buffer, start, end - start, StandardCharsets.UTF_8));
    if (count < KINDS_MAX) {
      if (count == names.length) {
        names = Arrays.copyOf(names, 2 * count);
        kinds = Arrays.copyOf(kinds, 2 * count);
      }
      names[count] = Arrays.copyOfRange(buffer, start, end);
      kinds[count++] = kind;
    }
    return kind;
  }
}
