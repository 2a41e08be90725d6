package io.shouwang.sim.wire;

import io.shouwang.sim.time.Clock;
import io.shouwang.sim.wire.WireException.Trouble;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One identity's line to the gateway: one connection after another, each subscribed to the inbox,
 * and messages resent unchanged until one of them acknowledged it. Thread-safe; one act at a time.
 */
public final class Line implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** A connection that stood so long was a good one. */
  private static final Duration STANDING = Duration.ofSeconds(10);

  /**
   * Told what happens to the line; calls come from the thread that acts, {@link #lost} from any.
   */
  public interface Watcher {
    /** A connection stands; {@code heard} tells whether the inbox is subscribed. */
    default void connected(boolean heard) {}

    /** The connection broke. */
    default void lost(String why) {}

    /** The gateway lets us connect, but not listen. */
    default void deaf(WireException why) {}

    /** An attempt failed, the next one follows after {@code pause}. */
    default void again(WireException why, Duration pause) {}
  }

  /**
   * An acknowledged message.
   *
   * @param attempts how often it was tried
   * @param answered from the last publish to its acknowledgement
   * @param took from the first attempt's start to the acknowledgement, connecting included
   */
  public record Acknowledged(int attempts, Duration answered, Duration took) {}

  private final Supplier<Wire> wires;
  private final @Nullable String inbox;
  private final Consumer<byte[]> ear;
  private final Watcher watcher;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<@Nullable Wire> current = new AtomicReference<>();
  private final Semaphore news = new Semaphore(0);
  private boolean refusedToListen;
  private volatile boolean closed;

  /**
   * A line that isn't connected yet.
   *
   * @param inbox the topic to subscribe to, or null for none
   * @param ear hears the inbox's payloads, on the connection's thread
   */
  public Line(
      Supplier<Wire> wires,
      @Nullable String inbox,
      Consumer<byte[]> ear,
      Watcher watcher,
      Clock clock) {
    this.wires = wires;
    this.inbox = inbox;
    this.ear = ear;
    this.watcher = watcher;
    this.clock = clock;
  }

  /**
   * Publishes until acknowledged, over as many connections as it takes.
   *
   * @throws WireException when the gateway refuses, or {@code patience} is over
   */
  public Acknowledged send(String topic, byte[] payload, Duration patience)
      throws WireException, InterruptedException {
    long start = clock.nanos();
    long[] published = {start};
    int attempts =
        persist(
            patience,
            wire -> {
              published[0] = clock.nanos();
              wire.publish(topic, payload);
            },
            /* needsInbox= */ false);
    long end = clock.nanos();
    return new Acknowledged(
        attempts, Duration.ofNanos(end - published[0]), Duration.ofNanos(end - start));
  }

  /** Connects and subscribes, trying until {@code patience} is over. */
  public void open(Duration patience) throws WireException, InterruptedException {
    persist(patience, wire -> {}, /* needsInbox= */ true);
  }

  /**
   * Keeps the line open until it is closed; to be run by a thread of its own. Gives up only when
   * the gateway refuses this identity.
   */
  public void keepOpen() throws WireException, InterruptedException {
    Duration pause = Duration.ZERO;
    while (!closed) {
      clock.waitUntil(clock.nanos() + pause.toNanos());
      open(Duration.ofDays(365));
      long since = clock.nanos();
      news.acquire();
      news.drainPermits();
      // Two clients of one name throw each other out; a pause keeps that from becoming a storm.
      boolean stood = clock.nanos() - since > STANDING.toNanos();
      pause =
          stood ? Duration.ZERO : shorter(pause.plus(FIRST_PAUSE).multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private interface Act {
    void on(Wire wire) throws WireException;
  }

  private int persist(Duration patience, Act act, boolean needsInbox)
      throws WireException, InterruptedException {
    long end = clock.nanos() + patience.toNanos();
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        lock.lockInterruptibly();
        try {
          act.on(connection(needsInbox));
          return attempt;
        } catch (WireException e) {
          hangUp();
          throw e;
        } finally {
          lock.unlock();
        }
      } catch (WireException e) {
        boolean over = clock.nanos() + pause.toNanos() > end;
        if (e.trouble() == Trouble.REFUSED || over || closed) {
          throw e;
        }
        watcher.again(e, pause);
        clock.waitUntil(clock.nanos() + pause.toNanos());
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    }
  }

  private Wire connection(boolean needsInbox) throws WireException {
    if (closed) {
      throw new WireException(Trouble.LOST, "this line was closed");
    }
    Wire standing = current.get();
    if (standing != null) {
      return standing;
    }
    Wire made = wires.get();
    try {
      Ear connectionEar = new Ear(made);
      made.connect(connectionEar);
      boolean heard = inbox != null && !refusedToListen && listen(made, inbox, needsInbox);
      current.set(made);
      if (closed || connectionEar.ended) {
        hangUp();
        throw new WireException(Trouble.LOST, "the connection was closed");
      }
      watcher.connected(heard);
      return made;
    } catch (WireException e) {
      made.close();
      throw e;
    }
  }

  /** An alarm goes out even where the gateway doesn't let this device listen. */
  private boolean listen(Wire made, String topic, boolean needed) throws WireException {
    try {
      made.subscribe(topic);
      return true;
    } catch (WireException e) {
      if (needed) {
        throw e;
      }
      refusedToListen = true;
      watcher.deaf(e);
      return false;
    }
  }

  private void hangUp() {
    Wire standing = current.getAndSet(null);
    if (standing != null) {
      standing.close();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    closed = true;
    hangUp();
    news.release();
  }

  private final class Ear implements Wire.Listener {
    private final Wire wire;
    private volatile boolean ended;

    Ear(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void arrived(String topic, byte[] payload) {
      ear.accept(payload);
    }

    @Override
    public void lost(String why) {
      ended = true;
      if (current.compareAndSet(wire, null)) {
        // Closing may wait for the thread that tells us this.
        Thread.ofVirtual().name("sim-hang-up").start(wire::close);
        watcher.lost(why);
        news.release();
      }
    }
  }
}
