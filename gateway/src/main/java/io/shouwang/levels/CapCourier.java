package io.shouwang.levels;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.host.Clock;
import io.shouwang.model.AlertId;
import io.shouwang.notify.provider.Http;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts an alert as CAP when it begins, when somebody takes it or no longer has it, and when it is
 * closed; of each alert in order, at least once, without position. What can't be delivered waits,
 * of each alert the latest, and holds no other up. At a start open alerts are posted again under
 * the same identifiers.
 */
final class CapCourier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CapCourier.class);
  private static final int WAITING_MAX = 20_000;
  private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
  private static final Duration PAUSE_MOST = Duration.ofSeconds(30);

  private final LevelSettings.CapPost to;
  private final Cap cap;
  private final Http http;
  private final Clock clock;
  private final AutoCloseable watching;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition handed = lock.newCondition();
  private final Map<AlertId, AlertBook.Seen> waiting = new LinkedHashMap<>();

  /** What was posted last of each open alert. */
  private final Map<AlertId, String> posted = new HashMap<>();

  private final Counter delivered;
  private final Counter failures;
  private final Counter dropped;
  private final Thread thread;
  private volatile boolean closed;

  CapCourier(
      LevelSettings.CapPost to,
      Cap cap,
      AlertBook book,
      Http http,
      Clock clock,
      MeterRegistry meters) {
    this.to = to;
    this.cap = cap;
    this.http = http;
    this.clock = clock;
    delivered = counter("shouwang.cap.delivered", "CAP messages that were taken", meters);
    failures = counter("shouwang.cap.failures", "CAP posts that failed", meters);
    dropped = counter("shouwang.cap.dropped", "alerts dropped since too many waited", meters);
    watching = book.watch(seen -> Levels.guarded(() -> changed(seen)));
    book.open().forEach(this::changed);
    thread = Thread.ofVirtual().name("cap").start(this::run);
  }

  private Counter counter(String name, String what, MeterRegistry meters) {
    return Counter.builder(name)
        .description(what)
        .tag("host", String.valueOf(to.url().getHost()))
        .register(meters);
  }

  /** What a change must change to be worth a message. */
  private static String standing(Alert alert) {
    return alert.state() + "/" + alert.evidence().size() + "/" + alert.holds().size();
  }

  /** On the engine's thread: notes it and goes. */
  private void changed(AlertBook.Seen seen) {
    lock.lock();
    try {
      Alert alert = seen.alert();
      String known = posted.get(alert.id());
      boolean isOld = known == null && !alert.isOpen() && !waiting.containsKey(alert.id());
      if (isOld || standing(alert).equals(known)) {
        return;
      }
      waiting.put(alert.id(), seen);
      if (waiting.size() > WAITING_MAX) {
        waiting.remove(waiting.keySet().iterator().next());
        dropped.increment();
      }
      handed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Duration pause = PAUSE_FIRST;
    try {
      while (!closed) {
        AlertBook.Seen next = next();
        if (deliver(next)) {
          pause = PAUSE_FIRST;
        } else {
          failures.increment();
          LOG.warn("{} doesn't take CAP; it waits", to.url().getHost());
          letOthersPass(next.alert().id());
          pause(pause);
          Duration longer = pause.multipliedBy(2);
          pause = longer.compareTo(PAUSE_MOST) > 0 ? PAUSE_MOST : longer;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  private AlertBook.Seen next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        handed.await();
      }
      return waiting.values().iterator().next();
    } finally {
      lock.unlock();
    }
  }

  /** It may be this alert alone that is not to the other's liking. */
  private void letOthersPass(AlertId id) {
    lock.lock();
    try {
      AlertBook.Seen latest = waiting.remove(id);
      if (latest != null) {
        waiting.put(id, latest);
      }
    } finally {
      lock.unlock();
    }
  }

  private void pause(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !closed) {
        left = handed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // what came meanwhile is another
  private boolean deliver(AlertBook.Seen seen) {
    Alert alert = seen.alert();
    boolean isBegun;
    lock.lock();
    try {
      isBegun = posted.containsKey(alert.id());
    } finally {
      lock.unlock();
    }
    if (!isBegun && !post(cap.writeFirst(seen))) {
      return false;
    }
    long first = alert.timeline().getFirst().stamp().number();
    boolean isMore = isBegun || alert.timeline().getLast().stamp().number() != first;
    if (isMore && !post(cap.write(seen, clock.wall(), false))) {
      return false;
    }
    lock.lock();
    try {
      if (alert.isOpen()) {
        posted.put(alert.id(), standing(alert));
      } else {
        posted.remove(alert.id());
      }
      if (waiting.get(alert.id()) == seen) {
        waiting.remove(alert.id());
      }
    } finally {
      lock.unlock();
    }
    return true;
  }

  private boolean post(String xml) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", Cap.CONTENT_TYPE);
    headers.put("User-Agent", "shouwang");
    if (to.token() != null) {
      headers.put("Authorization", "Bearer " + to.token());
    }
    try {
      int status = http.post(to.url(), headers, xml.getBytes(StandardCharsets.UTF_8)).status();
      boolean isTaken = status / 100 == 2;
      boolean isHopeless = status == 400 || status == 422;
      if (isTaken) {
        delivered.increment();
      } else if (isHopeless) {
        failures.increment();
        LOG.error("{} refuses a CAP message with HTTP {}", to.url().getHost(), status);
      }
      return isTaken || isHopeless;
    } catch (Http.NoAnswer e) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    Levels.stop(watching);
    thread.interrupt();
  }
}
