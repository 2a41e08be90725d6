package io.shouwang.ingest.mqtt;

import io.shouwang.host.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs refusals, so many a second at most: whoever is refused decides how often. Any thread. */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final int LINES_PER_SECOND_MAX = 20;
  private static final int TEXT_LENGTH_MAX = 128;

  private final Clock clock;
  private final AtomicLong secondStartNanos;
  private final AtomicLong lines = new AtomicLong();

  RefusalLog(Clock clock) {
    this.clock = clock;
    this.secondStartNanos = new AtomicLong(clock.nanos());
  }

  /**
   * One line.
   *
   * @param who as the client says; escaped here
   */
  void refused(Object source, String who, Reason reason, String why) {
    long now = clock.nanos();
    long start = secondStartNanos.get();
    if (now - start >= Duration.ofSeconds(1).toNanos()
        && secondStartNanos.compareAndSet(start, now)) {
      long suppressed = lines.getAndSet(0) - LINES_PER_SECOND_MAX;
      if (suppressed > 0) {
        LOG.warn("{} more MQTT refusals were not logged; the metrics count them", suppressed);
      }
    }
    if (lines.incrementAndGet() <= LINES_PER_SECOND_MAX) {
      LOG.info("MQTT client {} at {} refused: {}: {}", escaped(who), source, reason, why);
    }
  }

  /** A fault of ours; it has ended one connection. */
  void fault(String who, Throwable fault) {
    LOG.error("MQTT connection of {} ended by a fault of ours", escaped(who), fault);
  }

  /** The text with everything but printable ASCII as escapes, cut to a bound. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && out.length() < TEXT_LENGTH_MAX; i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 0x7f && c != '\\') {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.toString();
  }
}
