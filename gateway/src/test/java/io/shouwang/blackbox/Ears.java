package io.shouwang.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.model.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A responder's client: hears rings, keeps each as it came, and acknowledges it. It can be told to
 * leave some unacknowledged, as a phone does that dies in a pocket. Any thread.
 */
final class Ears implements AutoCloseable {
  /**
   * A ring as it came.
   *
   * @param life counts the connections, from 1
   */
  record Ring(
      int life,
      String delivery,
      String alert,
      String cause,
      String kind,
      String home,
      boolean acknowledged,
      long nanos) {}

  private final String responder;
  private final ObjectMapper json = new ObjectMapper();
  private final List<Ring> rings = new ArrayList<>();
  private Predicate<String> ignored = delivery -> false;
  private @Nullable Line line;
  private @Nullable Thread thread;
  private int life;

  Ears(String responder) {
    this.responder = responder;
  }

  String responder() {
    return responder;
  }

  /** From now on these deliveries are heard and not acknowledged. */
  synchronized void ignore(Predicate<String> deliveries) {
    ignored = deliveries;
  }

  /** Connects and subscribes. */
  void listen(int port, String secret) throws IOException {
    Line connected = Line.connect(port, responder, secret);
    synchronized (this) {
      line = connected;
      life++;
    }
    connected.subscribe("v1/responders/" + responder + "/alerts");
    thread = Thread.ofVirtual().start(() -> hear(connected));
  }

  private void hear(Line from) {
    try {
      while (true) {
        if (from.read() instanceof Line.Packet.Published(int packetId, Payload payload)) {
          if (take(json.readTree(payload.bytes()))) {
            from.acknowledge(packetId);
          }
          if (!from.hasMore()) {
            from.flush();
          }
        }
      }
    } catch (IOException e) {
      // the gateway is gone; what was heard is kept
    }
  }

  private synchronized boolean take(JsonNode message) {
    String delivery = message.path("delivery").asText();
    boolean acknowledged = !ignored.test(delivery);
    rings.add(
        new Ring(
            life,
            delivery,
            message.path("alert").asText(),
            message.path("cause").asText(),
            message.path("kind").asText(),
            message.path("home").path("id").asText(),
            acknowledged,
            System.nanoTime()));
    notifyAll();
    return acknowledged;
  }

  synchronized List<Ring> rings() {
    return List.copyOf(rings);
  }

  synchronized int life() {
    return life;
  }

  /** Waits until a ring came for each of these homes; returns those for which none did. */
  synchronized Set<String> awaitHomes(Collection<String> homes, long secondsMax) {
    Set<String> missing = new HashSet<>(homes);
    int seen = 0;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
    while (true) {
      for (Ring ring : rings.subList(seen, rings.size())) {
        missing.remove(ring.home());
      }
      seen = rings.size();
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (missing.isEmpty() || leftMillis <= 0) {
        return missing;
      }
      try {
        wait(leftMillis);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /** The first ring that fits; null if none comes in time. */
  synchronized @Nullable Ring await(Predicate<Ring> wanted, long secondsMax) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
    while (true) {
      for (Ring ring : rings) {
        if (wanted.test(ring)) {
          return ring;
        }
      }
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (leftMillis <= 0) {
        return null;
      }
      try {
        wait(leftMillis);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /** Waits until the connection has ended and all that came over it was taken. */
  void awaitSilence() {
    Thread hearing = thread;
    if (hearing != null) {
      try {
        if (!hearing.join(Duration.ofMinutes(1))) {
          throw new AssertionError(responder + "'s line outlives the gateway");
        }
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    Line open;
    synchronized (this) {
      open = line;
    }
    if (open != null) {
      open.close();
    }
  }
}
