package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Directory;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import io.shouwang.model.Stamp;
import io.shouwang.rules.Findings;
import io.shouwang.rules.RuleSettings;
import io.shouwang.rules.Sight;
import io.shouwang.senses.Heard;
import io.shouwang.senses.Senses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision while it is being made. Each fact is applied at once, so that the next one is decided
 * from what the home has become. Lives for one call.
 */
final class Draft {
  final World world;
  final Stamp stamp;
  private List<Fact> facts = List.of();
  private Home home;
  private @Nullable Heard heard;
  private @Nullable Instant lookAt;

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

  /** The ladder that an alert of this home climbs if it begins now. */
  Ladder ladder(Kind kind, Severity severity) {
    Directory directory = world.directory();
    AreaId area = home.id().area();
    Directory.Home card = directory.home(home.id());
    if (area == null && card != null) {
      area = card.area();
    }
    return world
        .ladders()
        .pick(
            kind,
            severity,
            area == null ? List.of() : directory.areaPath(area),
            now().atZone(world.rules().limits().zone()));
  }

  Alert alert(AlertId id) {
    return home.alert(id).orElseThrow();
  }

  void add(Fact fact) {
    if (facts.isEmpty()) {
      facts = new ArrayList<>();
    }
    home = home.apply(fact, stamp);
    facts.add(fact);
  }

  /** Whether nothing was decided yet. */
  boolean isUnchanged() {
    return facts.isEmpty();
  }

  /** The rules must be shown the home again then. */
  void lookAgainAt(Instant at) {
    lookAt = at;
  }

  /** What the home's devices have said now includes this event. */
  void hear(DeviceEvent event) {
    if (!home.id().isStandIn()) {
      heard = world.rules().heard(now());
      home = home.hear(event, heard);
    }
  }

  /** What the rules make of the home as it is now. */
  Findings look(Senses before, @Nullable DeviceEvent event) {
    Findings findings =
        world
            .rules()
            .look(
                new Sight(
                    home.id(),
                    world.directory(),
                    world.rules().limits(),
                    home.remembered(),
                    before,
                    event,
                    now()));
    lookAt = findings.lookAt();
    return findings;
  }

  Decision decided(Answer answer) {
    return new Decision(home, List.copyOf(facts), answer, heard, lookAt);
  }
}
