package io.shouwang.blackbox;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Payload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What the devices sent and what was acknowledged to them. Any thread. */
final class Ledger {
  /**
   * One event as its device said it.
   *
   * @param hub the connection that says it
   */
  record Sent(int hub, String device, String kind, String id, Payload payload) {
    boolean isPress() {
      return kind.equals("sos");
    }

    String topic() {
      return "v1/devices/" + device + "/" + kind;
    }

    /** Device, kind, id, and a checksum of all it said. */
    String key() {
      return key(device, kind, id, payload);
    }

    /** The key of an event as it was journalled. */
    static String key(DeviceEvent event) {
      return key(event.device().value(), event.kind().value(), event.id(), event.payload());
    }

    private static String key(String device, String kind, @Nullable String id, Payload payload) {
      CRC32 crc = new CRC32();
      crc.update(payload.bytes());
      return device + " " + kind + " " + id + " " + Long.toHexString(crc.getValue());
    }
  }

  private final Map<String, Sent> open = new ConcurrentHashMap<>();
  private final Map<String, Sent> acknowledged = new ConcurrentHashMap<>();
  private final AtomicLong acknowledgements = new AtomicLong();
  private volatile long awaited = Long.MAX_VALUE;
  private volatile CountDownLatch reached = new CountDownLatch(0);

  void sent(Sent sent) {
    if (!acknowledged.containsKey(sent.key())) {
      open.put(sent.key(), sent);
    }
  }

  void acknowledged(Sent sent) {
    acknowledged.put(sent.key(), sent);
    open.remove(sent.key());
    if (acknowledgements.incrementAndGet() >= awaited) {
      reached.countDown();
    }
  }

  /** How many acknowledgements came in all. */
  long acknowledgements() {
    return acknowledgements.get();
  }

  /** Waits until so many more acknowledgements have come; false if they don't. */
  boolean awaitMore(long count, long secondsMax) {
    CountDownLatch latch = new CountDownLatch(1);
    reached = latch;
    awaited = acknowledgements.get() + count;
    try {
      return latch.await(secondsMax, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    } finally {
      awaited = Long.MAX_VALUE;
    }
  }

  /** What a hub has said without an answer. */
  List<Sent> unanswered(int hub) {
    return open.values().stream().filter(sent -> sent.hub() == hub).toList();
  }

  List<Sent> acknowledgedPresses() {
    return acknowledged.values().stream().filter(Sent::isPress).toList();
  }

  /** The acknowledged ones that are not among these keys. */
  List<String> missingFrom(Set<String> keys) {
    List<String> missing = new ArrayList<>(new HashSet<>(acknowledged.keySet()));
    missing.removeAll(keys);
    return missing;
  }

  int acknowledgedCount() {
    return acknowledged.size();
  }
}
