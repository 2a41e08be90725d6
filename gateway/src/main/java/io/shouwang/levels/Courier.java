package io.shouwang.levels;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.webhook.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to one other gateway: in order, at least once, many in a request, one request at a
 * time. What can't be delivered waits, by its key, so that of each thing only the latest is kept;
 * what is urgent overtakes. {@link #hand} may be called by any thread and never blocks for long.
 */
final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /**
   * Beyond this, what isn't urgent is dropped, oldest first; it is said again at the next round.
   */
  static final int WAITING_MAX = 100_000;

  /** Below what the other side takes in one body. */
  private static final int BODY_BYTES_MAX = 48 * 1024;

  private static final Duration PAUSE_FIRST = Duration.ofMillis(500);
  private static final Duration PAUSE_MOST = Duration.ofSeconds(15);

  /** One thing to say; made when its turn comes, empty if it no longer is to be said. */
  private record Parcel(Supplier<Optional<CloudEvent>> event) {}

  private record Packed(Map<String, Parcel> parcels, List<CloudEvent> events) {}

  private final String peer;
  private final URI url;
  private final WebhookSignature signature;
  private final Http http;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition handed = lock.newCondition();
  private final Map<String, Parcel> urgent = new LinkedHashMap<>();
  private final Map<String, Parcel> other = new LinkedHashMap<>();
  private final Counter failures;
  private final Counter delivered;
  private final Counter dropped;
  private final Thread thread;
  private volatile boolean closed;
  private boolean down;

  /**
   * @param peer its id
   * @param url where it takes events
   * @param wall what the signature's time stamp says: the other side's clock is a wall clock
   */
  Courier(
      String peer,
      URI url,
      WebhookSignature signature,
      Http http,
      Clock wall,
      MeterRegistry meters) {
    this.peer = peer;
    this.url = url;
    this.signature = signature;
    this.http = http;
    this.clock = wall;
    failures =
        counter("shouwang.levels.failures", "requests to another gateway that failed", meters);
    delivered = counter("shouwang.levels.delivered", "events another gateway took", meters);
    dropped = counter("shouwang.levels.dropped", "events dropped since too many waited", meters);
    Gauge.builder("shouwang.levels.waiting", this, Courier::waiting)
        .description("events that wait for another gateway")
        .tag("peer", peer)
        .register(meters);
    thread = Thread.ofVirtual().name("courier-" + peer).start(this::run);
  }

  private Counter counter(String name, String what, MeterRegistry meters) {
    return Counter.builder(name).description(what).tag("peer", peer).register(meters);
  }

  /**
   * Hands over something to say. What waits under the same key is replaced, and keeps its place.
   *
   * @param isUrgent it overtakes what is not
   */
  void hand(String key, boolean isUrgent, Supplier<Optional<CloudEvent>> event) {
    lock.lock();
    try {
      Parcel parcel = new Parcel(event);
      if (isUrgent) {
        other.remove(key);
        urgent.put(key, parcel);
      } else if (urgent.containsKey(key)) {
        urgent.put(key, parcel); // what comes later must not overtake it
      } else {
        other.put(key, parcel);
      }
      if (other.size() > WAITING_MAX) {
        Iterator<String> oldest = other.keySet().iterator();
        oldest.next();
        oldest.remove();
        dropped.increment();
      }
      handed.signal();
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return urgent.size() + other.size();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Duration pause = PAUSE_FIRST;
    while (!closed) {
      try {
        Map<String, Parcel> next = next();
        if (deliver(packed(next))) {
          pause = PAUSE_FIRST;
        } else {
          await(pause);
          pause =
              pause.multipliedBy(2).compareTo(PAUSE_MOST) > 0 ? PAUSE_MOST : pause.multipliedBy(2);
        }
      } catch (InterruptedException e) {
        return; // closing
      } catch (RuntimeException e) {
        LOG.error("events for {} could not be made; they are tried again", peer, e);
        if (!awaitQuietly(PAUSE_MOST)) {
          return;
        }
      }
    }
  }

  private boolean awaitQuietly(Duration time) {
    try {
      await(time);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** However much is handed over meanwhile: a peer that is down isn't asked more often for it. */
  private void await(Duration time) throws InterruptedException {
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

  private Map<String, Parcel> next() throws InterruptedException {
    lock.lock();
    try {
      while (urgent.isEmpty() && other.isEmpty()) {
        handed.await();
      }
      Map<String, Parcel> next = new LinkedHashMap<>();
      for (Map<String, Parcel> from : List.of(urgent, other)) {
        for (Map.Entry<String, Parcel> entry : from.entrySet()) {
          if (next.size() == CloudEvent.BATCH_MAX) {
            return next;
          }
          next.put(entry.getKey(), entry.getValue());
        }
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** As many as fit; the rest goes next time. */
  private static Packed packed(Map<String, Parcel> next) {
    Map<String, Parcel> parcels = new LinkedHashMap<>();
    List<CloudEvent> events = new ArrayList<>();
    int bytes = 2;
    for (Map.Entry<String, Parcel> entry : next.entrySet()) {
      Optional<CloudEvent> event = entry.getValue().event().get();
      int more = event.map(e -> e.written().length + 1).orElse(0);
      if (!events.isEmpty() && bytes + more > BODY_BYTES_MAX) {
        break;
      }
      bytes += more;
      event.ifPresent(events::add);
      parcels.put(entry.getKey(), entry.getValue());
    }
    return new Packed(parcels, events);
  }

  /** Whether it is out of our hands. */
  private boolean deliver(Packed packed) {
    if (!packed.events().isEmpty()) {
      Optional<Http.Reply> reply = post(packed.events());
      int status = reply.map(Http.Reply::status).orElse(0);
      boolean isTaken = status / 100 == 2;
      boolean isHopeless = status == 400 || status == 413 || status == 422;
      if (!isTaken && !(isHopeless && packed.events().size() == 1)) {
        failures.increment();
        if (isHopeless) {
          return alone(packed);
        }
        if (!down && !closed) {
          LOG.warn("{} doesn't take our events ({}); they wait", peer, said(status));
        }
        down = true;
        return false;
      }
      if (isHopeless) {
        LOG.error("{} refuses event {}: {}", peer, packed.events().getFirst().id(), said(status));
      } else {
        if (down) {
          LOG.info("{} takes our events again", peer);
        }
        down = false;
        delivered.increment(packed.events().size());
        reply.ifPresent(this::reportRefused);
      }
    }
    forget(packed.parcels());
    return true;
  }

  /** One of them is not to the other's liking: it must not hold the others up. */
  private boolean alone(Packed packed) {
    for (Map.Entry<String, Parcel> entry : packed.parcels().entrySet()) {
      Map<String, Parcel> one = Map.of(entry.getKey(), entry.getValue());
      if (!deliver(packed(one))) {
        return false;
      }
    }
    return true;
  }

  private static String said(int status) {
    return status == 0 ? "no answer" : "HTTP " + status;
  }

  private void reportRefused(Http.Reply reply) {
    try {
      for (JsonNode refused : CloudEvent.JSON.readTree(reply.body().bytes()).path("refused")) {
        LOG.error(
            "{} refuses event {}: {}",
            peer,
            printable(refused.path("id").asText()),
            printable(refused.path("why").asText()));
      }
    } catch (IOException e) {
      LOG.warn("{} took events and answered no JSON", peer);
    }
  }

  private static String printable(String text) {
    return text.substring(0, Math.min(120, text.length())).replaceAll("[^ -~]", "?");
  }

  /** What was handed over anew meanwhile stays. */
  @SuppressWarnings("ReferenceEquality") // another parcel under the same key is another thing
  private void forget(Map<String, Parcel> parcels) {
    lock.lock();
    try {
      parcels.forEach((key, parcel) -> {
        for (Map<String, Parcel> from : List.of(urgent, other)) {
          if (from.get(key) == parcel) {
            from.remove(key);
          }
        }
      });
    } finally {
      lock.unlock();
    }
  }

  /** One request with these events, past whatever waits; empty if no answer came. */
  Optional<Http.Reply> post(List<CloudEvent> events) {
    boolean isOne = events.size() == 1;
    byte[] body = isOne ? events.getFirst().written() : CloudEvent.written(events);
    String id = events.getFirst().id();
    Instant now = clock.wall();
    try {
      return Optional.of(
          http.post(
              url,
              Map.of(
                  "Content-Type",
                  (isOne ? CloudEvent.ONE : CloudEvent.BATCH) + "; charset=UTF-8",
                  "User-Agent",
                  "shouwang",
                  "webhook-id",
                  id,
                  "webhook-timestamp",
                  Long.toString(now.getEpochSecond()),
                  "webhook-signature",
                  signature.sign(id, now, body)),
              body));
    } catch (Http.NoAnswer e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      boolean ended = thread.join(Duration.ofSeconds(5));
      if (!ended) {
        LOG.warn("the courier to {} is still under way; what waits is said again", peer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
