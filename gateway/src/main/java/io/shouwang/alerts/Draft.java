package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.Stamp;
import io.shouwang.rules.RuleSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A decision while it is being made. Each fact is applied at once, so that the next one is decided
 * from what the home has become. Lives for one call.
 */
final class Draft {
  final World world;
  final Stamp stamp;
  private final List<Fact> facts = new ArrayList<>();
  private Home home;

  Draft(World world, Home home, Stamp stamp) {
    this.world = world;
    this.home = home;
    this.stamp = stamp;
  }

  Home home() {
    return home;
  }

  Instant now() {
    return stamp.now();
  }

  RuleSettings settings() {
    return world.rules().settings();
  }

  Alert alert(AlertId id) {
    return home.alert(id).orElseThrow();
  }

  void add(Fact fact) {
    home = home.apply(fact, stamp);
    facts.add(fact);
  }

  Decision decided(Answer answer) {
    return new Decision(home, List.copyOf(facts), answer);
  }
}
