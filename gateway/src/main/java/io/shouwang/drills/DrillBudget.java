package io.shouwang.drills;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.alerts.Fact;
import io.shouwang.notify.Holding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds back what is beyond a drill's own budget of messages to people; of all else it holds back
 * nothing. Any thread.
 */
public final class DrillBudget implements Holding {
  private static final int DRILLS_MAX = 1_000;

  private final AlertBook alerts;

  /** By drill; the one longest quiet gives way, and is counted anew if it speaks again. */
  private final Map<String, AtomicInteger> used =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AtomicInteger> eldest) {
          return size() > DRILLS_MAX;
        }
      };

  public DrillBudget(AlertBook alerts) {
    this.alerts = alerts;
  }

  @Override
  public Optional<String> holdBack(Effect effect, Alert alert) {
    Fact.ExerciseBegan began = DrillReport.beganOf(alert);
    if (began == null || !(effect.delivery().to() instanceof Delivery.ToResponder)) {
      return Optional.empty();
    }
    int messages;
    synchronized (used) {
      messages = used.computeIfAbsent(began.drill(), this::usedBefore).incrementAndGet();
    }
    return messages <= began.messagesMax()
        ? Optional.empty()
        : Optional.of("the drill's " + began.messagesMax() + " messages are used up");
  }

  /** After a restart: what went out before. What is under way comes again, and is counted then. */
  private AtomicInteger usedBefore(String drill) {
    long ended =
        alerts.open().stream()
            .map(AlertBook.Seen::alert)
            .filter(alert -> Drills.isOf(drill, alert))
            .flatMap(alert -> alert.deliveries().stream())
            .filter(delivery -> delivery.to() instanceof Delivery.ToResponder)
            .filter(delivery -> !delivery.isUnderWay())
            .count();
    return new AtomicInteger((int) Math.min(ended, DrillOrder.MESSAGES_MAX));
  }
}
