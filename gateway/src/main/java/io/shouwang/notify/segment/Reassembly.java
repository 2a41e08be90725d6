package io.shouwang.notify.segment;

import io.shouwang.host.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts long messages from phones together again. Holds a few unfinished ones for a few minutes: who
 * answers writes a digit, and who writes a novel may lose it. Any thread.
 */
public final class Reassembly {
  static final int UNFINISHED_MAX = 64;
  static final int PARTS_MAX = 8;
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private record Sender(String from, int reference, int total) {}

  private record Unfinished(Map<Integer, String> parts, long sinceNanos) {}

  private final Clock clock;
  private final Map<Sender, Unfinished> unfinished = new LinkedHashMap<>();

  public Reassembly(Clock clock) {
    this.clock = clock;
  }

  /** The whole text once its last part is there; parts of an overlong one are passed over. */
  public synchronized Optional<String> add(String from, Concatenation part, String text) {
    if (part.total() == 1) {
      return Optional.of(text);
    }
    long now = clock.nanos();
    unfinished.values().removeIf(one -> now - one.sinceNanos() > PATIENCE.toNanos());
    if (part.total() > PARTS_MAX) {
      return Optional.empty();
    }
    Sender sender = new Sender(from, part.reference(), part.total());
    Unfinished all = unfinished.computeIfAbsent(sender, _ -> new Unfinished(new TreeMap<>(), now));
    if (unfinished.size() > UNFINISHED_MAX) {
      unfinished.remove(unfinished.keySet().iterator().next());
    }
    all.parts().put(part.number(), text);
    if (all.parts().size() < part.total()) {
      return Optional.empty();
    }
    unfinished.remove(sender);
    return Optional.of(String.join("", all.parts().values()));
  }
}
