package io.shouwang.engine;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Reads the records of a journalled batch, for who looks at decisions and not at readings. */
public final class JournalRecords {
  private JournalRecords() {}

  /**
   * Gives each record in order, but for readings that decided nothing: they are by far the most,
   * and are stepped over unread.
   */
  public static void decisions(ByteBuffer body, Consumer<Decided> reader) {
    BatchCodec.readDecisions(body, reader);
  }
}
