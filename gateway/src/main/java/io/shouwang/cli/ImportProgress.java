package io.shouwang.cli;

import io.shouwang.host.Clock;
import io.shouwang.registry.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Says how far an import is: on a terminal in one line that is written over, elsewhere in a line
 * now and then. One thread.
 */
final class ImportProgress implements Progress {
  private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LINES_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int WIDTH = 60;

  private final PrintWriter out;
  private final boolean isTerminal;
  private final Clock clock;
  private long saidNanos;
  private boolean said;
  private Stage stage = Stage.READING;

  ImportProgress(PrintWriter out, boolean isTerminal, Clock clock) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.clock = clock;
    this.saidNanos = clock.nanos();
  }

  @Override
  public void at(Stage now, String file, long rows, long of) {
    long nanos = clock.nanos();
    boolean isNew = now != stage;
    stage = now;
    if (nanos - saidNanos < (isTerminal ? TERMINAL_NANOS : LINES_NANOS)
        && !(isNew && (said || isTerminal))) {
      return;
    }
    saidNanos = nanos;
    said = true;
    String text = text(now, file, rows, of);
    if (isTerminal) {
      out.print("\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
      out.flush();
    } else {
      out.println(text);
      out.flush();
    }
  }

  static String text(Stage stage, String file, long rows, long of) {
    return switch (stage) {
      case READING ->
          String.format(
              Locale.ROOT,
              "reading %s: %,d of %,d rows, %d %%",
              file,
              rows,
              of,
              of == 0 ? 100 : rows * 100 / of);
      case BUILDING -> "checking the whole";
      case SECRETS -> "making secrets for those who have none";
    };
  }

  /** Leaves the terminal's line. */
  void end() {
    if (isTerminal && said) {
      out.print("\r" + " ".repeat(WIDTH) + "\r");
      out.flush();
    }
  }
}
