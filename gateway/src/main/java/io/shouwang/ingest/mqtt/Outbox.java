package io.shouwang.ingest.mqtt;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session's messages to its client: those on their way, and those that wait for the window. Pure;
 * belongs to the event loop of the connection that holds the session, and passes on with it.
 */
final class Outbox {
  private static final int ID_MAX = 65_535;

  /** So many that were confirmed are remembered: whoever sends is told only after a sync. */
  static final int CONFIRMED_MAX = 256;

  private final Map<Integer, Outgoing> onTheirWay = new LinkedHashMap<>();
  private final Queue<Outgoing> waiting = new ArrayDeque<>();
  private final Set<String> tokens = new HashSet<>();
  private final LinkedHashSet<String> confirmed = new LinkedHashSet<>();
  private int lastId;

  /** Adds a message; false if it is here already, or was confirmed a moment ago. */
  boolean add(Outgoing message) {
    if (confirmed.contains(message.token()) || !tokens.add(message.token())) {
      return false;
    }
    waiting.add(message);
    return true;
  }

  int waitingCount() {
    return waiting.size();
  }

  int onTheirWayCount() {
    return onTheirWay.size();
  }

  @Nullable Outgoing peek() {
    return waiting.peek();
  }

  /** Takes the next message out for good: it is given up, or confirmed by nobody. */
  void drop() {
    Outgoing message = waiting.poll();
    if (message != null) {
      tokens.remove(message.token());
    }
  }

  /** Puts the next message on its way; returns its packet id. */
  int dispatch() {
    Outgoing message = waiting.remove();
    do {
      lastId = lastId == ID_MAX ? 1 : lastId + 1;
    } while (onTheirWay.containsKey(lastId));
    onTheirWay.put(lastId, message);
    return lastId;
  }

  /** The message that a packet id stands for has arrived; null if there is none. */
  @Nullable Outgoing arrived(int id) {
    Outgoing message = onTheirWay.remove(id);
    if (message != null) {
      tokens.remove(message.token());
    }
    return message;
  }

  /** The client confirmed it: it isn't sent again by somebody who has not heard of that yet. */
  void confirmed(String token) {
    confirmed.add(token);
    if (confirmed.size() > CONFIRMED_MAX) {
      confirmed.removeFirst();
    }
  }

  /** What is on its way, in the order it was sent. */
  Collection<Map.Entry<Integer, Outgoing>> onTheirWay() {
    return List.copyOf(onTheirWay.entrySet());
  }

  /** Forgets what only waits: whoever sent it sends it again when the client is back. */
  void forgetWaiting() {
    while (!waiting.isEmpty()) {
      drop();
    }
  }
}
