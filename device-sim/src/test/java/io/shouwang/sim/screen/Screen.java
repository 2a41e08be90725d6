package io.shouwang.sim.screen;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** A terminal whose screen the test reads, and on which it waits for words to appear. */
public final class Screen {
  private static final long LIMIT_MILLIS = 30_000;

  private final StringBuilder shown = new StringBuilder();
  private final Terminal terminal = new Terminal(stream(), stream(), ZoneOffset.UTC);

  private PrintStream stream() {
    ByteArrayOutputStream buffer =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void flush() {
            synchronized (shown) {
              shown.append(toString(StandardCharsets.UTF_8));
              reset();
              shown.notifyAll();
            }
          }
        };
    return new PrintStream(buffer, false, StandardCharsets.UTF_8);
  }

  public Terminal terminal() {
    return terminal;
  }

  /** All that was printed. */
  public String text() {
    synchronized (shown) {
      return shown.toString();
    }
  }

  /** Returns when {@code words} were printed; fails with the whole screen if they never are. */
  public void await(String words) throws InterruptedException {
    awaitTimes(words, 1);
  }

  /** Returns when {@code words} were printed so many times. */
  public void awaitTimes(String words, int times) throws InterruptedException {
    synchronized (shown) {
      long end = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
      while (shown.toString().split(Pattern.quote(words), -1).length <= times) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          fail("never printed: " + words + "\nprinted:\n" + shown);
        }
        shown.wait(left);
      }
    }
  }
}
