package io.shouwang.notify;

import io.shouwang.alerts.Effect;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a channel's providers, and how much of it is under way: first rings go before all
 * else, and always find room that follow-ups may not take. Any thread; never blocks.
 */
final class Line {
  /** Under way at a time. */
  static final int PLACES = 256;

  /** Of these, so many for what is no first ring. */
  static final int PLACES_OF_OTHERS = 192;

  private final int waitingMax;
  private final ArrayDeque<Effect> firsts = new ArrayDeque<>();
  private final ArrayDeque<Effect> others = new ArrayDeque<>();
  private int underWay;
  private int othersUnderWay;

  /** What may go now; {@link #left} gives its place back. */
  record Turn(Effect effect, boolean first) {}

  Line(int waitingMax) {
    this.waitingMax = waitingMax;
  }

  /** False if too much waits already. */
  synchronized boolean offer(Effect effect, boolean first) {
    if (firsts.size() + others.size() >= waitingMax) {
      return false;
    }
    (first ? firsts : others).addLast(effect);
    return true;
  }

  synchronized @Nullable Turn next() {
    if (underWay >= PLACES) {
      return null;
    }
    Effect first = firsts.pollFirst();
    if (first != null) {
      underWay++;
      return new Turn(first, true);
    }
    Effect other = othersUnderWay >= PLACES_OF_OTHERS ? null : others.pollFirst();
    if (other == null) {
      return null;
    }
    underWay++;
    othersUnderWay++;
    return new Turn(other, false);
  }

  synchronized void left(Turn turn) {
    underWay--;
    othersUnderWay -= turn.first() ? 0 : 1;
  }
}
