package io.shouwang.engine;

import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.World;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides journalled inputs again, from nothing, and compares (P7): the same journal gives the same
 * alerts. Needs the journal from its first batch on. One thread.
 */
public final class Replay {
  /** Where rules, ladders and registry of a journal are found by their hashes. */
  public interface Worlds {
    World of(String registryHash, String settingsHash);
  }

  /** An input that is decided otherwise now than it was. */
  public record Difference(Decided then, List<Fact> now) {}

  private final Worlds worlds;
  private final State state = new State();
  private final List<Difference> differences = new ArrayList<>();
  private @Nullable World world;

  public Replay(Worlds worlds) {
    this.worlds = worlds;
  }

  /** Decides one record again; records must come in the journal's order. */
  public void take(Decided then) {
    if (then.input() instanceof Input.RegistryActivated
        || then.input() instanceof Input.SettingsActivated) {
      state.take(then.stamp(), then.input(), then.facts());
      if (!state.registryHash().isEmpty() && !state.settingsHash().isEmpty()) {
        world = worlds.of(state.registryHash(), state.settingsHash());
      }
      return;
    }
    HomeId home = then.home();
    List<Fact> now = List.of();
    if (world != null && !undecided(then)) {
      HomeId where = home != null ? home : state.homeOf(then.input(), world.directory());
      if (where != null) {
        Decision decision = Core.decide(world, state.home(where), then.input(), then.stamp());
        now = decision.facts();
        if (!now.isEmpty() || decision.heard() != null) {
          state.put(decision.home());
        }
        if (!now.equals(then.facts())) {
          differences.add(new Difference(then, now));
        }
      }
    } else if (home != null) {
      apply(then, home);
    }
    state.take(then.stamp(), then.input(), now);
  }

  /** What could not be decided then is taken over as it was: its cause is not in the journal. */
  private static boolean undecided(Decided then) {
    return !then.facts().isEmpty() && then.facts().getFirst() instanceof Fact.Undecided;
  }

  private void apply(Decided then, HomeId home) {
    var after = state.home(home);
    if (then.heard() != null && then.input() instanceof Input.EventReceived received) {
      after = after.hear(received.event(), then.heard());
    }
    for (Fact fact : then.facts()) {
      after = after.apply(fact, then.stamp());
    }
    state.put(after);
  }

  /** What the records make, up to the last one taken. */
  State state() {
    return state;
  }

  public List<Difference> differences() {
    return List.copyOf(differences);
  }
}
