package io.shouwang.console;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Closing;
import io.shouwang.model.Directory;
import io.shouwang.model.OperatorRole;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Whether a caller sees names, numbers and doors plainly, or masked (P8). Whether they see a thing
 * at all is {@link Sight}'s to say. Dispatchers have to speak with people, those who come have to
 * find them; who looks at how it went has to tell them apart, and can have a single field shown,
 * which is recorded.
 */
final class Veil {
  /** Somebody calls back, or goes by again, the day after. */
  static final Duration AFTER_CLOSING = Duration.ofHours(24);

  private Veil() {}

  /** Whether it is lifted for whoever looks at an alert. */
  static boolean isLifted(Caller caller, Alert alert, Instant now) {
    return switch (caller) {
      case Caller.Nobody _, Caller.OfDevice _ -> false;
      case Caller.OfResponder _ -> alert.isOpen();
      case Caller.OfOperator operator ->
          isBroken(operator, alert)
              || (operator.has(OperatorRole.DISPATCHER) && isCurrent(alert, now))
              || (isWorker(operator) && alert.isOpen());
    };
  }

  /** Whether it is lifted for whoever looks at people without an alert: lists, duties, cards. */
  static boolean isLifted(Caller caller) {
    return caller instanceof Caller.OfResponder
        || (caller instanceof Caller.OfOperator operator
            && (operator.has(OperatorRole.DISPATCHER) || isWorker(operator)));
  }

  /**
   * Workers come to no more than what is theirs; whoever sits in an office besides comes to all of
   * the area, and is masked like the office.
   */
  private static boolean isWorker(Caller.OfOperator operator) {
    return Sight.WORKERS.containsAll(operator.operator().roles());
  }

  /** They said why, and it is recorded. */
  private static boolean isBroken(Caller.OfOperator operator, Alert alert) {
    return operator.broken().stream()
        .anyMatch(
            broken -> alert.id().equals(broken.alert()) || alert.home().equals(broken.home()));
  }

  private static boolean isCurrent(Alert alert, Instant now) {
    Closing closing = alert.closing();
    return closing == null || now.isBefore(closing.at().plus(AFTER_CLOSING));
  }

  /**
   * The registry as whoever asks now sees it, where no alert says more; masked for nobody known.
   */
  static Supplier<Directory> over(Supplier<Directory> directory) {
    return () -> {
      Trace trace = Trace.current();
      return over(directory.get(), trace != null && isLifted(trace.caller()));
    };
  }

  /** The registry as it is seen through it. */
  static Directory over(Directory directory, boolean isLifted) {
    return isLifted ? directory : MaskedDirectory.of(directory);
  }
}
