package io.shouwang.drills;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.alerts.Fact;
import io.shouwang.notify.Holding;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds back what is beyond a drill's own budget of messages to people; of all else it holds back
 * nothing. Any thread.
 */
public final class DrillBudget implements Holding {
  private final AlertBook alerts;
  private final Map<String, AtomicInteger> used = new ConcurrentHashMap<>();

  public DrillBudget(AlertBook alerts) {
    this.alerts = alerts;
  }

  @Override
  public Optional<String> holdBack(Effect effect, Alert alert) {
    Fact.ExerciseBegan began = DrillReport.beganOf(alert);
    if (began == null || !(effect.delivery().to() instanceof Delivery.ToResponder)) {
      return Optional.empty();
    }
    int messages = used.computeIfAbsent(began.drill(), this::usedBefore).incrementAndGet();
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
