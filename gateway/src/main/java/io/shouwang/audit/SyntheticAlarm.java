package io.shouwang.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.shouwang.host.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A press of the gateway's own, again and again: it walks the whole way, and how long it takes is
 * measured. Two in a row that don't come through are a finding. {@link #press} belongs to one
 * thread, which it blocks; the rest may be asked by any.
 */
public final class SyntheticAlarm {
  private static final Logger LOG = LoggerFactory.getLogger(SyntheticAlarm.class);
  private static final int MISSED_MOST = 2;

  /** The way from the press to the ring, and back to the closed alert. */
  @FunctionalInterface
  public interface Walk {
    /**
     * Walks it once; never longer than a limit of its own.
     *
     * @return from the press to the ring
     * @throws IOException when it did not come through; where it stopped, without secrets
     */
    Duration walk() throws IOException;
  }

  private final Walk walk;
  private final Duration every;
  private final Clock clock;
  private final Timer pressToRing;
  private final Counter missedCounter;
  private volatile long throughNanos;
  private volatile int missed;
  private volatile String last = "";

  /**
   * @param every how often it is pressed
   */
  public SyntheticAlarm(Walk walk, Duration every, Clock clock, MeterRegistry meters) {
    this.walk = walk;
    this.every = every;
    this.clock = clock;
    this.throughNanos = clock.nanos();
    this.pressToRing =
        Timer.builder("shouwang.synthetic.press.to.ring")
            .description("from the synthetic press to its ring")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(30))
            .register(meters);
    this.missedCounter =
        Counter.builder("shouwang.synthetic.missed")
            .description("synthetic alarms that did not come through")
            .register(meters);
    Gauge.builder("shouwang.synthetic.age", this, s -> s.age().toMillis() / 1000.0)
        .baseUnit("seconds")
        .description("since the synthetic alarm last came through, or since the start")
        .register(meters);
  }

  public Duration every() {
    return every;
  }

  /** Since the last one that came through, or since the start. */
  public Duration age() {
    return Duration.ofNanos(clock.nanos() - throughNanos);
  }

  /** Presses once. */
  public void press() {
    try {
      pressToRing.record(walk.walk());
      throughNanos = clock.nanos();
      if (missed > 0) {
        LOG.info("the synthetic alarm comes through again");
      }
      missed = 0;
    } catch (IOException | RuntimeException e) {
      missedCounter.increment();
      last = String.valueOf(e.getMessage());
      missed = Math.min(missed + 1, Integer.MAX_VALUE - 1);
      LOG.warn("the synthetic alarm did not come through: {}", last);
    }
  }

  /** What is wrong with it: two in a row were missed, or none came through for three periods. */
  public Optional<Finding> finding() {
    boolean late = age().compareTo(every.multipliedBy(MISSED_MOST + 1L)) > 0;
    if (missed < MISSED_MOST && !late) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.ofGateway(
            Finding.What.SYNTHETIC_MISSED,
            "the synthetic alarm came through last "
                + age().toSeconds()
                + " s ago"
                + (last.isEmpty() ? "" : "; " + last)));
  }
}
