package io.shouwang.config;

import io.shouwang.alerts.DutyDesk;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.Rung;
import io.shouwang.model.AreaId;
import io.shouwang.model.Identity;
import io.shouwang.model.Kind;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.yaml.Amounts;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.Resemblance;
import io.shouwang.yaml.YamlSection;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code ladders.yaml}. The ladders it gives are whole: an alarm's first rung is at second 0
 * and has the duty desk in it, whether or not the file says so (P2).
 */
final class LaddersYaml {
  static final String FILE = "ladders.yaml";
  static final String OTHER = "other";
  private static final int RUNGS_MAX = 20;
  private static final int LADDERS_MAX = 100;
  private static final int AREAS_MAX = 1_000;
  private static final Duration AFTER_MAX = Duration.ofHours(24);

  /** The roles every configuration knows; {@code more_roles} adds to them. */
  private static final List<Role> ROLES =
      List.of(
          new Role("relative"),
          new Role("neighbour"),
          new Role("grid_worker"),
          new Role("village_cadre"),
          new Role("property_company"),
          new Role("volunteer"),
          new Role("rescue_team"),
          new Role("service_organization"),
          Role.ELDER,
          Role.DUTY_DESK);

  /** Their accept stops no alarm: they may come, and the office's people come beside them. */
  private static final Set<Role> LAY =
      Set.of(new Role("relative"), new Role("neighbour"), new Role("volunteer"), Role.ELDER);

  /** Kinds whose alerts sound the duty desk at once; each needs a ladder by name. */
  private static final List<Kind> ALARMS = List.of(Kind.SOS, Kind.FALL, Kind.SMOKE, Kind.GAS);

  private final Set<Role> roles = new LinkedHashSet<>(ROLES);
  private final Map<Kind, Ladder> byKind = new LinkedHashMap<>();
  private final List<Ladders.Special> specials = new ArrayList<>();

  /** The roles that may stand in a ladder and in {@code contacts.csv}; whole after the reading. */
  Set<Role> roles() {
    return roles;
  }

  Ladders read(YamlSection root) {
    for (YamlSection.Placed word : root.words("more_roles")) {
      if (Identity.isValid(word.text())) {
        roles.add(new Role(word.text()));
      } else {
        root.report(
            word.mark(),
            "role " + Escaped.quoted(word.text()) + " is no valid name",
            "use 1 to 64 of A-Z a-z 0-9 _ -");
      }
    }
    DutyDesk desk = desk(root.section("duty_desk"), true);
    YamlSection section = root.section("ladders");
    Ladder other = null;
    if (section.keys().size() > LADDERS_MAX) {
      section.report("there are more than " + LADDERS_MAX + " ladders", "remove some");
    }
    for (String name : section.keys()) {
      YamlSection ladderSection = section.section(name);
      if (ladderSection.isPresent()) {
        Ladder ladder = ladder(name, ladderSection);
        other = name.equals(OTHER) ? ladder : other;
      }
    }
    if (section.isPresent() || !root.has("ladders")) {
      requireAll(section, other != null || section.keys().contains(OTHER));
    }
    root.done();
    return new Ladders(byKind, other == null ? DESK_ONLY : other, desk, specials);
  }

  private static final Ladder DESK_ONLY =
      new Ladder(OTHER, List.of(new Rung(Duration.ZERO, List.of(Role.DUTY_DESK))));

  private void requireAll(YamlSection section, boolean hasOther) {
    for (Kind kind : ALARMS) {
      if (!byKind.containsKey(kind)) {
        section.report(
            "no ladder is for " + kind, "add " + kind + " to the list \"for\" of a ladder");
      }
    }
    if (!hasOther) {
      section.report(
          "there is no ladder \"" + OTHER + "\"",
          "add one: it serves every kind that has none of its own");
    }
  }

  /** What is no alarm may ring a desk more seldom. */
  private static DutyDesk desk(YamlSection section, boolean alarm) {
    DutyDesk standard = DutyDesk.STANDARD;
    Duration repeatEvery =
        section.duration(
            "repeat_every",
            standard.repeatEvery(),
            Duration.ofSeconds(10),
            alarm ? Duration.ofMinutes(10) : DutyDesk.MOST);
    Duration overflowAfter =
        section.duration(
            "overflow_after",
            standard.overflowAfter(),
            Duration.ofSeconds(30),
            Duration.ofHours(1));
    section.done();
    return new DutyDesk(repeatEvery, overflowAfter);
  }

  private Ladder ladder(String name, YamlSection section) {
    if (!Identity.isValid(name)) {
      section.report(
          "ladder " + Escaped.quoted(name) + " has no valid name",
          "use 1 to 64 of A-Z a-z 0-9 _ -");
    }
    Selector selector = selector(section);
    List<Kind> kinds = kinds(name, section, selector.isSpecial());
    int problemsBefore = section.problemCount();
    List<Rung> rungs = rungs(section);
    boolean clean = section.problemCount() == problemsBefore;
    boolean alarm =
        kinds.stream().anyMatch(ALARMS::contains)
            || (kinds.isEmpty() && selector.isSpecial() && selector.mayBeCritical());
    List<Role> stoppedBy = stoppedBy(section, alarm);
    DutyDesk desk = section.has("duty_desk") ? desk(section.section("duty_desk"), alarm) : null;
    section.done();
    List<Rung> whole = alarm && clean ? withDeskFirst(rungs, section) : rungs;
    if (!alarm && clean && !rungs.getLast().roles().contains(Role.DUTY_DESK)) {
      section.report(
          "the last rung of ladder " + Escaped.quoted(name) + " has no duty_desk",
          "add duty_desk to it: no alert may end in silence");
    }
    Ladder ladder = new Ladder(name, whole.isEmpty() ? DESK_ONLY.rungs() : whole, stoppedBy, desk);
    if (selector.isSpecial()) {
      specials.add(selector.special(kinds, ladder));
      return ladder;
    }
    for (Kind kind : kinds) {
      byKind.putIfAbsent(kind, ladder);
    }
    return ladder;
  }

  private List<Kind> kinds(String name, YamlSection section, boolean isSpecial) {
    List<Kind> kinds = new ArrayList<>();
    for (YamlSection.Placed word : section.words("for")) {
      if (!Identity.isValid(word.text())) {
        section.report(
            word.mark(),
            "kind " + Escaped.quoted(word.text()) + " is no valid name",
            "use 1 to 64 of A-Z a-z 0-9 _ -");
        continue;
      }
      Kind kind = new Kind(word.text());
      Ladder taken = isSpecial ? null : byKind.get(kind);
      if (taken != null || kinds.contains(kind)) {
        section.report(
            word.mark(),
            kind + " has a ladder already" + (taken == null ? "" : " (" + taken.name() + ")"),
            "name each kind once");
      }
      kinds.add(kind);
    }
    if (name.equals(OTHER)) {
      if (section.has("for")) {
        section.reportAt(
            "for",
            "the ladder \"" + OTHER + "\" has a list \"for\"",
            "remove it: that ladder serves every kind that has none of its own");
      }
      return List.of();
    }
    if (!section.has("for") && !isSpecial) {
      section.report(
          "ladder " + Escaped.quoted(name) + " is for nothing",
          "add the kinds it serves, like for: [sos, fall]");
    }
    return kinds;
  }

  /** For which alerts of its kinds a ladder is; all empty for every one. */
  private record Selector(
      Set<Severity> severities,
      Set<AreaId> areas,
      Ladders.@Nullable Hours hours,
      Set<DayOfWeek> weekdays) {
    boolean isSpecial() {
      return !severities.isEmpty() || !areas.isEmpty() || hours != null || !weekdays.isEmpty();
    }

    boolean mayBeCritical() {
      return severities.isEmpty() || severities.contains(Severity.CRITICAL);
    }

    Ladders.Special special(List<Kind> kinds, Ladder ladder) {
      return new Ladders.Special(Set.copyOf(kinds), severities, areas, hours, weekdays, ladder);
    }
  }

  private static Selector selector(YamlSection section) {
    Set<AreaId> areas = new LinkedHashSet<>();
    section.ids("areas", List.of(), AREAS_MAX).forEach(id -> areas.add(new AreaId(id)));
    return new Selector(
        words(section, "severity", Severity.class),
        areas,
        hours(section),
        words(section, "weekdays", DayOfWeek.class));
  }

  private static <E extends Enum<E>> Set<E> words(YamlSection section, String key, Class<E> type) {
    Set<E> found = new LinkedHashSet<>();
    List<String> known =
        Stream.of(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    for (YamlSection.Placed word : section.words(key)) {
      if (known.contains(word.text())) {
        found.add(type.getEnumConstants()[known.indexOf(word.text())]);
      } else {
        section.report(
            word.mark(),
            section.named(key) + " names " + Escaped.quoted(word.text()),
            Resemblance.hint(word.text(), known));
      }
    }
    return found;
  }

  private static Ladders.@Nullable Hours hours(YamlSection section) {
    Optional<YamlSection.Placed> word = section.word("between");
    if (word.isEmpty()) {
      return null;
    }
    String[] parts = word.get().text().split("-", -1);
    if (parts.length == 2) {
      Optional<LocalTime> from = Amounts.timeOfDay(parts[0].strip());
      Optional<LocalTime> to = Amounts.timeOfDay(parts[1].strip());
      if (from.isPresent() && to.isPresent() && !from.equals(to)) {
        return new Ladders.Hours(from.get(), to.get());
      }
    }
    section.report(
        word.get().mark(),
        section.named("between") + " is " + Escaped.quoted(word.get().text()),
        "write two times of day, like 22:00-07:00");
    return null;
  }

  /** Whose accept stops the ladder for all; null for anybody's. */
  private @Nullable List<Role> stoppedBy(YamlSection section, boolean alarm) {
    if (!section.has("stopped_by")) {
      return alarm ? roles.stream().filter(role -> !LAY.contains(role)).toList() : null;
    }
    List<YamlSection.Placed> words = section.words("stopped_by");
    if (words.size() == 1 && words.getFirst().text().equals("any")) {
      return null;
    }
    List<String> known = roles.stream().map(Role::value).toList();
    List<Role> named = new ArrayList<>();
    for (YamlSection.Placed word : words) {
      if (known.contains(word.text())) {
        named.add(new Role(word.text()));
      } else {
        section.report(
            word.mark(),
            "stopped_by names the role " + Escaped.quoted(word.text()),
            Resemblance.hint(word.text(), known) + "; or write [any]");
      }
    }
    return named;
  }

  private List<Rung> rungs(YamlSection section) {
    List<Rung> rungs = new ArrayList<>();
    Duration before = null;
    int problemsBefore = section.problemCount();
    List<YamlSection> entries = section.sections("rungs");
    if (entries.isEmpty() && section.problemCount() == problemsBefore) {
      section.report("the ladder has no rungs", "add rungs, each with after and roles");
    }
    if (entries.size() > RUNGS_MAX) {
      section.reportAt(
          "rungs",
          "the ladder has " + entries.size() + " rungs",
          "it may have at most " + RUNGS_MAX);
    }
    int number = 0;
    for (YamlSection entry : entries) {
      number++;
      if (!entry.has("after")) {
        entry.report("rung " + number + " does not say when", "add after, like after: 60s");
      }
      Duration after = entry.duration("after", Duration.ZERO, Duration.ZERO, AFTER_MAX);
      List<Role> named = roles(entry, number);
      entry.done();
      if (before != null && entry.has("after") && after.compareTo(before) <= 0) {
        entry.reportAt(
            "after",
            "rung " + number + " waits " + Amounts.text(after),
            "it must wait longer than rung " + (number - 1) + " (" + Amounts.text(before) + ")");
      } else if (!named.isEmpty()) {
        rungs.add(new Rung(after, named));
      }
      before = before == null || after.compareTo(before) > 0 ? after : before;
    }
    return rungs;
  }

  private List<Role> roles(YamlSection entry, int number) {
    List<Role> named = new ArrayList<>();
    List<YamlSection.Placed> words = entry.words("roles");
    List<String> known = roles.stream().map(Role::value).toList();
    for (YamlSection.Placed word : words) {
      if (!known.contains(word.text())) {
        entry.report(
            word.mark(),
            "rung " + number + " names the role " + Escaped.quoted(word.text()),
            Resemblance.hint(word.text(), known) + "; others go into more_roles");
      } else if (named.contains(new Role(word.text()))) {
        entry.report(
            word.mark(), "rung " + number + " names " + word.text() + " twice", "name it once");
      } else {
        named.add(new Role(word.text()));
      }
    }
    if (words.isEmpty()) {
      entry.report("rung " + number + " rings nobody", "add roles, like roles: [relative]");
    }
    return named;
  }

  /** The desk sounds at second 0 of an alarm; listed later only, somebody meant to put it off. */
  private static List<Rung> withDeskFirst(List<Rung> rungs, YamlSection section) {
    boolean listed = rungs.stream().anyMatch(rung -> rung.roles().contains(Role.DUTY_DESK));
    List<Rung> whole = new ArrayList<>(rungs);
    if (rungs.isEmpty() || rungs.getFirst().after().isPositive()) {
      whole.addFirst(new Rung(Duration.ZERO, List.of(Role.DUTY_DESK)));
    } else if (!rungs.getFirst().roles().contains(Role.DUTY_DESK)) {
      List<Role> roles = new ArrayList<>(rungs.getFirst().roles());
      roles.add(Role.DUTY_DESK);
      whole.set(0, new Rung(Duration.ZERO, roles));
    }
    if (listed && !whole.equals(rungs)) {
      section.reportAt(
          "rungs",
          "duty_desk stands in a later rung only",
          "list it in a rung at 0s or not at all: for alarms it sounds at second 0, and can't be"
              + " put off or removed");
    }
    return whole;
  }
}
