package io.shouwang.config;

import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Rung;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory.Elder;
import io.shouwang.model.Directory.Home;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.Point;
import io.shouwang.model.Role;
import io.shouwang.registry.Registry;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.Escaped;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is allowed and somebody should know of before it matters at night: who can't be reached, and
 * what in rules and registry doesn't fit together. One walk over the homes; each warning is a line
 * with a count and the first few.
 */
final class PeopleCheck {
  private static final int EXAMPLES_MAX = 3;
  private static final int LINES_MAX = 20;

  /** They answer the phone; nobody of them lives near. */
  private static final Set<Role> FAR = Set.of(Role.DUTY_DESK, new Role("service_organization"));

  private final Policy policy;
  private final Registry registry;
  private final PrintWriter out;

  PeopleCheck(Policy policy, Registry registry, PrintWriter out) {
    this.policy = policy;
    this.registry = registry;
    this.out = out;
  }

  void run() {
    Map<String, Tally> emptyRungs = new TreeMap<>();
    Tally alone = new Tally();
    Tally outside = new Tally();
    Tally endangered = new Tally();
    List<Ladder> ladders = ladders();
    registry.eachHome(id -> {
      Home home = registry.home(id);
      if (home != null) {
        ladders.forEach(ladder -> emptyRungs(ladder, home, emptyRungs));
        home.elders().forEach(elder -> night(home, elder, alone));
        home.elders().forEach(elder -> fences(home, elder, outside, endangered));
      }
    });
    emptyRungs.values().forEach(this::warn);
    warn(
        alone
            .of("only desks and service organizations can be rung between 23:00 and 06:00 for ")
            .then("; name a relative, a neighbour or a grid worker in contacts.csv"));
    warn(
        outside
            .of("the home lies outside of every safe fence of ")
            .then("; correct fences.csv or lat and lon in homes.csv"));
    warn(
        endangered
            .of("the home lies inside a dangerous fence of ")
            .then("; correct fences.csv or lat and lon in homes.csv"));
    homelessDevices();
    overrides();
  }

  private void warn(Tally tally) {
    if (tally.count > 0) {
      out.println("warning: " + tally);
    }
  }

  private List<Ladder> ladders() {
    Set<Ladder> distinct = new LinkedHashSet<>(policy.ladders().byKind().values());
    policy.ladders().specials().forEach(special -> distinct.add(special.ladder()));
    distinct.add(policy.ladders().other());
    return distinct.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }

  /** A rung that rings nobody in some home is allowed, and somebody should know of it. */
  private void emptyRungs(Ladder ladder, Home home, Map<String, Tally> tallies) {
    for (int i = 0; i < ladder.rungs().size(); i++) {
      Rung rung = ladder.rungs().get(i);
      // Elders are called first where a phone channel is set up, and passed over where not.
      boolean isElders = rung.roles().equals(List.of(Role.ELDER));
      if (!isElders && !reachesAnybody(rung, home)) {
        tallies
            .computeIfAbsent(ladder.name() + " " + String.format("%03d", i), _ -> new Tally())
            .of("rung " + (i + 1) + " of ladder " + ladder.name() + " rings nobody for ")
            .then(
                "; name somebody in contacts.csv for one of its roles: "
                    + rung.roles().stream().map(Role::value).collect(Collectors.joining(", ")))
            .add(home.id().value());
      }
    }
  }

  private boolean reachesAnybody(Rung rung, Home home) {
    if (rung.roles().contains(Role.DUTY_DESK)) {
      return true;
    }
    Set<ElderId> elders = new HashSet<>(home.elders());
    return rung.roles().stream()
        .anyMatch(role -> !registry.contacts(home.id(), elders, role).isEmpty());
  }

  /** Who presses at night: is there anybody on the whole ladder who could come over? */
  private void night(Home home, ElderId elder, Tally alone) {
    for (Rung rung : policy.ladders().forKind(Kind.SOS).rungs()) {
      for (Role role : rung.roles()) {
        if (!FAR.contains(role) && !registry.contacts(home.id(), Set.of(elder), role).isEmpty()) {
          return;
        }
      }
    }
    alone.add(elder.value());
  }

  private void fences(Home home, ElderId elder, Tally outside, Tally endangered) {
    Point at = home.at();
    if (at == null) {
      return;
    }
    int safe = 0;
    boolean isIn = false;
    boolean isEndangered = false;
    for (Fence fence : registry.fences(elder)) {
      boolean contains = fence.outsideM(at) <= 0;
      switch (fence.kind()) {
        case SAFE -> {
          safe++;
          isIn |= contains;
        }
        case DANGER -> isEndangered |= contains;
      }
    }
    if (safe > 0 && !isIn) {
      outside.add(elder.value());
    }
    if (isEndangered) {
      endangered.add(elder.value());
    }
  }

  private void homelessDevices() {
    Tally tally =
        new Tally()
            .of("no home for ")
            .then(
                "; an alarm of theirs rings the topmost duty desk alone; fill in home in"
                    + " devices.csv");
    registry.eachHomelessDevice(device -> tally.add(device.value()));
    warn(tally);
  }

  /** For whom the registry doesn't know, and what makes no sense where it is laid over others. */
  private void overrides() {
    Map<String, List<ConfigProblem>> unknown = new LinkedHashMap<>();
    for (OverridePlace place : policy.overrides()) {
      if (!isKnown(place)) {
        unknown
            .computeIfAbsent(place.of(), _ -> new ArrayList<>())
            .add(
                new ConfigProblem(
                    RulesYaml.FILE,
                    place.line(),
                    place.column(),
                    "the registry has no " + place,
                    "correct the id, or remove the override; it changes nothing"));
      }
    }
    unknown.values().forEach(this::warn);
    var limits = policy.limits();
    limits
        .byArea()
        .keySet()
        .forEach(area -> registry.homesIn(area).forEach(home -> limits.of(registry, home)));
    limits.byHome().keySet().forEach(home -> limits.of(registry, home));
    for (ElderId elder : limits.byElder().keySet()) {
      Elder card = registry.elder(elder);
      if (card != null) {
        limits.of(registry, card.home(), elder);
      }
    }
    List<ConfigProblem> senseless = new ArrayList<>();
    for (var patches :
        List.of(limits.byArea().values(), limits.byHome().values(), limits.byElder().values())) {
      for (var patch : patches) {
        if (patch instanceof LimitsYaml.Patch read) {
          senseless.addAll(read.refused());
        }
      }
    }
    warn(senseless.stream().distinct().sorted(ConfigReader.IN_ORDER).toList());
  }

  private void warn(List<ConfigProblem> problems) {
    problems.stream().limit(LINES_MAX).forEach(problem -> out.println("warning: " + problem));
    if (problems.size() > LINES_MAX) {
      out.println("warning: and " + (problems.size() - LINES_MAX) + " more like these");
    }
  }

  private boolean isKnown(OverridePlace place) {
    return switch (place.of()) {
      case "area" -> !registry.areaPath(new AreaId(place.id())).isEmpty();
      case "home" -> registry.home(new HomeId(place.id())) != null;
      default -> registry.elder(new ElderId(place.id())) != null;
    };
  }

  /** Counts names and keeps the first few, for one sentence about them. */
  private static final class Tally {
    private final StringBuilder examples = new StringBuilder();
    private String before = "";
    private String behind = "";
    private long count;

    Tally of(String text) {
      before = text;
      return this;
    }

    Tally then(String text) {
      behind = text;
      return this;
    }

    void add(String name) {
      count++;
      if (count <= EXAMPLES_MAX) {
        examples.append(count == 1 ? "" : ", ").append(Escaped.line(name));
      }
    }

    @Override
    public String toString() {
      return before + count + " (" + examples + (count > EXAMPLES_MAX ? ", …)" : ")") + behind;
    }
  }
}
