package io.shouwang.engine;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.World;
import io.shouwang.engine.JournalledPast.Extent;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gateway's days, journalled by the real engine over a simulated disk, for backtests of them. */
public final class BacktestFixture implements AutoCloseable {
  private final EngineFixture at;

  /** A gateway with the demo district, whose rules and registry are in force. */
  public BacktestFixture() throws IOException {
    at = EngineFixture.fresh();
    at.engine.activate(new Input.RegistryActivated("registry"), EngineFixture.WORLD);
    at.engine.activate(new Input.SettingsActivated("settings"), EngineFixture.WORLD);
    at.settle();
  }

  public static World world() {
    return EngineFixture.WORLD;
  }

  public Instant now() {
    return at.clock.wall();
  }

  public void event(String device, String kind, String json) throws IOException {
    at.event(device, kind, json);
  }

  /** Time passes; the engine does what is due at its moment. */
  public void advance(Duration by) throws IOException {
    Instant end = now().plus(by);
    while (true) {
      Duration due = at.engine.untilDeadline();
      Duration left = Duration.between(now(), end);
      if (due == null || due.compareTo(left) > 0) {
        at.advance(left);
        return;
      }
      at.advance(due.isNegative() ? Duration.ZERO : due);
      if (due.isZero() || due.isNegative()) {
        at.clock.advance(Duration.ofMillis(1));
      }
    }
  }

  public @Nullable Alert open(String kind) {
    return at.engine.alerts().open().stream()
        .map(seen -> seen.alert())
        .filter(alert -> alert.kind().value().equals(kind))
        .findFirst()
        .orElse(null);
  }

  public void closes(Alert alert) throws IOException {
    at.reply("demo-desk", alert, Reply.Answer.DONE, null, null);
  }

  /** What is on its disk; it may go on running. */
  public JournalledPast past() {
    return new JournalledPast(at.disk, EngineFixture.DATA);
  }

  /** The alerts that it raised, as "kind time". */
  public List<String> raised() throws IOException {
    List<String> raised = new java.util.ArrayList<>();
    Extent unused =
        past()
            .read((decided, _) ->
                decided
                    .facts()
                    .forEach(fact -> {
                      if (fact instanceof io.shouwang.alerts.Fact.Raised one) {
                        raised.add(one.kind() + " " + decided.stamp().now());
                      }
                    }));
    return unused.until() == null ? List.of() : raised;
  }

  @Override
  public void close() throws IOException {
    at.close();
  }
}
