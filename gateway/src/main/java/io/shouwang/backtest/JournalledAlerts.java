package io.shouwang.backtest;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Subject;
import io.shouwang.engine.Decided;
import io.shouwang.model.AlertId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.Synthetic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that a journal names: whose they are and when they were closed. A rerun needs to know
 * beforehand, and to find an alert that has another id because it rings at another moment.
 */
final class JournalledAlerts {
  /** An alert a rerun has this much before or after the journal is the journal's. */
  private static final Duration SAME = Duration.ofMinutes(1);

  private record Name(HomeId home, Kind kind, Subject subject) {}

  private static final class Known {
    final Name name;
    final Instant raisedAt;
    @Nullable Instant closedAt;

    Known(Name name, Instant raisedAt) {
      this.name = name;
      this.raisedAt = raisedAt;
    }
  }

  private final Map<AlertId, Known> byId = new HashMap<>();
  private final Map<Name, List<Known>> byName = new HashMap<>();

  /** How many were raised at or after a moment and before another. */
  long raised(Instant from, Instant to) {
    return byId.values().stream()
        .filter(known -> !known.raisedAt.isBefore(from) && known.raisedAt.isBefore(to))
        .filter(known -> !known.name.home().equals(HomeId.GATEWAY))
        .filter(known -> !known.name.home().equals(Synthetic.HOME))
        .count();
  }

  /** Takes note of what a record says of alerts. */
  void note(Decided decided) {
    HomeId home = decided.home();
    if (home == null) {
      return;
    }
    Instant at = decided.stamp().now();
    for (Fact fact : decided.facts()) {
      switch (fact) {
        case Fact.Raised raised -> {
          Known known = new Known(new Name(home, raised.kind(), raised.subject()), at);
          byId.put(raised.alert(), known);
          byName.computeIfAbsent(known.name, _ -> new ArrayList<>(1)).add(known);
        }
        case Fact.Closed closed -> close(closed.alert(), at);
        case Fact.Cleared cleared when cleared.closes() -> close(cleared.alert(), at);
        case Fact.MergedInto merged -> close(merged.alert(), at);
        case Fact.Reopened again -> close(again.alert(), null);
        default -> {
          // says nothing of a beginning or an end
        }
      }
    }
  }

  private void close(AlertId id, @Nullable Instant at) {
    Known known = byId.get(id);
    if (known != null) {
      known.closedAt = at;
    }
  }

  @Nullable HomeId homeOf(AlertId id) {
    Known known = byId.get(id);
    return known == null ? null : known.name.home();
  }

  /** When somebody in the journal closed it; null if nobody did, or only a rerun has it. */
  @Nullable Instant closedAt(Alert alert) {
    Known known = byId.get(alert.id());
    if (known != null) {
      return known.closedAt;
    }
    Name name = new Name(alert.home(), alert.kind(), alert.subject());
    for (Known one : byName.getOrDefault(name, List.of())) {
      if (Duration.between(one.raisedAt, alert.raisedAt()).abs().compareTo(SAME) <= 0) {
        return one.closedAt;
      }
    }
    return null;
  }

  /** The alert of a rerun's home that the journal's id means: itself, or the open one like it. */
  Optional<AlertId> inRerun(Home home, AlertId id) {
    Known known = byId.get(id);
    if (home.alert(id).isPresent() || known == null) {
      return Optional.of(id);
    }
    return home.alerts().stream()
        .filter(a -> a.isOpen() && a.kind().equals(known.name.kind()))
        .filter(a -> a.subject().equals(known.name.subject()))
        .map(Alert::id)
        .findFirst();
  }
}
