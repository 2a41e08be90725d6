package io.shouwang.rules;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.EventKey;
import io.shouwang.model.Fix;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Payload;
import io.shouwang.model.Point;
import io.shouwang.model.Signal;
import io.shouwang.senses.Heard;
import io.shouwang.senses.Senses;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mrs Lin on her way, and what the location rule says to it. Looks that the rule asks for are made
 * at their moment; what it says to hold is remembered as the core does.
 */
final class Walk {
  private final LocationRule rule = new LocationRule();
  private final List<Condition> conditions = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final LimitsBook book;
  private Riverside directory;
  private List<Mode> modes = List.of();
  private List<Sight.OpenAlert> open = List.of();
  private Senses senses = Senses.NONE;
  private Instant now;
  private @Nullable Instant lookAt;

  Walk(Riverside directory, LocationSettings settings, ZoneId zone, Instant start) {
    this.directory = directory;
    book = LimitsBook.of(zone, Limits.STANDARD.withLocation(settings));
    now = start;
  }

  static Walk from(String start) {
    return new Walk(
        Riverside.USUAL, LocationSettings.STANDARD, ZoneId.of("UTC"), Instant.parse(start));
  }

  Instant now() {
    return now;
  }

  Senses senses() {
    return senses;
  }

  Walk registry(Riverside next) {
    directory = next;
    return this;
  }

  Walk in(Mode... all) {
    modes = List.of(all);
    return this;
  }

  Walk withOpen(Sight.OpenAlert alert) {
    open = List.of(alert);
    return this;
  }

  /** Lets time pass, with every look that is due on the way. */
  Walk after(Duration time) {
    Instant until = now.plus(time);
    for (Instant due = lookAt; due != null && !due.isAfter(until); due = lookAt) {
      now = due.isAfter(now) ? due : now;
      lookAt = null;
      judge(null, senses);
    }
    now = until;
    return this;
  }

  Walk minutes(long minutes) {
    return after(Duration.ofMinutes(minutes));
  }

  /** Looks now, whether or not it is due. */
  Walk looks() {
    lookAt = null;
    judge(null, senses);
    return this;
  }

  @Nullable Instant lookAt() {
    return lookAt;
  }

  Walk at(double east, double north, double accuracyM) {
    return says(fix(Riverside.place(east, north), accuracyM, now), now);
  }

  /** A position taken earlier, sent now. */
  Walk was(double east, double north, double accuracyM, Instant fixAt) {
    return says(fix(Riverside.place(east, north), accuracyM, fixAt), now);
  }

  static Fix fix(Point place, @Nullable Double accuracyM, Instant at) {
    return new Fix(place.lat(), place.lon(), accuracyM, at, null, Fix.WGS84);
  }

  Walk says(Fix fix, Instant at) {
    return says(Kind.LOCATION, new Signal.Position(fix), at);
  }

  /** The bracelet is heard, without a position. */
  Walk isHeard() {
    return says(Kind.STATUS, new Signal.Reading(), now);
  }

  Walk says(Kind kind, Signal signal, Instant at) {
    DeviceEvent event =
        new DeviceEvent(
            Riverside.BAND,
            null,
            kind,
            signal,
            null,
            null,
            at,
            null,
            new EventKey(1, 2),
            null,
            Payload.of(new byte[0]));
    Senses before = senses;
    senses = senses.hear(event, new Heard(now, 0));
    judge(event, before);
    return this;
  }

  private void judge(@Nullable DeviceEvent event, Senses before) {
    Findings findings = new Findings();
    rule.judge(
        new Sight(
            Riverside.HOME,
            directory,
            book,
            new Sight.Remembered(senses, conditions, modes, List.of(), open),
            before,
            event,
            now),
        findings);
    for (Findings.Said one : findings.said()) {
      String code = one.finding().code();
      switch (one) {
        case Findings.Holds holds -> {
          if (conditions.stream().noneMatch(c -> c.is(LocationRule.NAME, holds.key()))) {
            conditions.add(new Condition(LocationRule.NAME, holds.key(), code, now, null));
            said.add(code);
          }
        }
        case Findings.Gone gone -> {
          if (conditions.removeIf(c -> c.is(LocationRule.NAME, gone.key()))) {
            said.add(code);
          }
        }
        case Findings.News _, Findings.Remember _ -> said.add(code);
      }
    }
    Instant asked = findings.lookAt();
    boolean sooner = asked != null && (lookAt == null || asked.isBefore(lookAt));
    lookAt = sooner ? asked : lookAt;
  }

  /** What was said since this was last asked. */
  List<String> said() {
    List<String> codes = List.copyOf(said);
    said.clear();
    return codes;
  }

  /** What holds. */
  List<String> holds() {
    return conditions.stream().map(Condition::key).sorted().toList();
  }
}
