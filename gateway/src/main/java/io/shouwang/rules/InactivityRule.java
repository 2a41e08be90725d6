package io.shouwang.rules;

import io.shouwang.model.Directory;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Severity;
import io.shouwang.senses.DeviceSense;
import io.shouwang.senses.Life;
import io.shouwang.senses.Places;
import io.shouwang.senses.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No sign of life for too long: four out of five who fall alone don't press. Judges a home's
 * silence by {@link Silences}; away, in hospital and with a visitor it waits.
 */
final class InactivityRule implements Rule {
  static final String NAME = "inactivity";

  /** Nobody has been heard for too long. */
  static final Kind KIND = new Kind("inactivity");

  /** Who closed it and was wrong hears of it again, while nothing stirs. */
  private static final Duration AGAIN_AFTER = Duration.ofHours(24);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void judge(Sight sight, Findings findings) {
    if (sight.event() == null) {
      look(sight, findings);
    } else {
      hear(sight, findings);
    }
  }

  /**
   * A sign puts the limit off, so the look that is set stays right; but the first sets one, and
   * where the door or the hall was last, more patience was set than there is for somebody inside.
   */
  private static void hear(Sight sight, Findings findings) {
    Life life = sight.senses().life();
    Life before = sight.sensesBefore().life();
    if (life.equals(before)) {
      return;
    }
    Optional<Condition> silent = sight.condition(NAME, "");
    InactivitySettings settings = sight.limits().inactivity();
    boolean isSign = since(life, settings) > since(before, settings);
    if (silent.isPresent() && isSign) {
      findings.gone("", alive(sight, since(before, settings)));
    }
    if (isSign) {
      // Another room, or back inside: the limit may be a shorter one than the look was set by.
      findings.lookAt(sight.now().plusMillis(settings.leastLimitMillis()));
    }
  }

  private static Finding alive(Sight sight, long silentSince) {
    double hours = hours(sight.now().toEpochMilli() - silentSince);
    return Finding.of(NAME, "alive", null, null, sight.now(), Figure.of("silent_hours", hours));
  }

  private static void look(Sight sight, Findings findings) {
    InactivitySettings settings = sight.limits().inactivity();
    Life life = sight.senses().life();
    long since = since(life, settings);
    if (!settings.enabled() || since == 0 || isExcused(sight, findings)) {
      return;
    }
    Watch watch = watch(sight);
    if (watch == Watch.NO) {
      findings.lookAt(sight.now().plusMillis(settings.leastLimitMillis()));
      return;
    }
    boolean hand = settings.withoutMotion();
    boolean unworn = watch == Watch.UNWORN; // its silence counts as that of somebody who is out
    Silences.Judged judged =
        Silences.judge(
            settings,
            unworn ? Rhythm.NEW : hand ? life.handRhythm() : life.rhythm(),
            hand || unworn ? Places.NEW : life.places(),
            life.lastBy(),
            since,
            unworn || isAfterDoor(life, settings),
            sight.now().toEpochMilli(),
            sight.offsetSeconds());
    if (!judged.tooLong()) {
      findings.lookAt(Instant.ofEpochMilli(judged.nextLookMillis()));
      if (unworn) {
        // It may be put on meanwhile, and a shorter limit holds.
        findings.lookAt(sight.now().plusMillis(settings.leastLimitMillis()));
      }
      return;
    }
    Optional<Condition> known = sight.condition(NAME, "");
    if (known.isPresent()) {
      again(sight, findings, known.get(), since);
      return;
    }
    findings.holds(KIND, Severity.MAJOR, "", tooLong(sight, since, judged, unworn));
    findings.lookAt(sight.now().plus(AGAIN_AFTER));
  }

  /** What would show a sign of life in a home as it comes. */
  private enum Watch {
    /** A sensor, or a bracelet that counts steps. */
    YES,
    /** Only bracelets, and those are known to be off the wrist. */
    UNWORN,
    /** A button, a smoke alarm or a door alone: their silence says nothing. */
    NO
  }

  private static Watch watch(Sight sight) {
    Watch watch = Watch.NO;
    for (DeviceSense sense : sight.senses().devices()) {
      Directory.Placement placement = sight.directory().placement(sense.device());
      String type = placement == null ? "" : placement.type();
      switch (type) {
        case "button", "smoke", "gas", "door", "hub" -> {}
        case "bracelet", "watch", "phone" -> {
          boolean counts = sense.vitals() != null && sense.vitals().stepsToday() >= 0;
          if (counts && sense.worn() != 0) {
            return Watch.YES;
          }
          watch = counts ? Watch.UNWORN : watch;
        }
        default -> {
          return Watch.YES;
        }
      }
    }
    return watch;
  }

  private static void again(Sight sight, Findings findings, Condition known, long since) {
    Instant due = known.since().plus(AGAIN_AFTER);
    boolean isOpen =
        sight.openAlerts().stream().anyMatch(alert -> alert.id().equals(known.alert()));
    if (due.isAfter(sight.now())) {
      findings.lookAt(due);
    } else if (isOpen) {
      findings.lookAt(sight.now().plus(AGAIN_AFTER));
    } else {
      findings.gone("", still(sight, since));
      findings.holds(KIND, Severity.MAJOR, "", still(sight, since));
      findings.lookAt(sight.now().plus(AGAIN_AFTER));
    }
  }

  private static Finding still(Sight sight, long since) {
    double hours = hours(sight.now().toEpochMilli() - since);
    return Finding.of(
        NAME, "still", null, null, Instant.ofEpochMilli(since), Figure.of("silent_hours", hours));
  }

  private static Finding tooLong(Sight sight, long since, Silences.Judged judged, boolean unworn) {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of("silent_hours", hours(sight.now().toEpochMilli() - since)));
    figures.add(Figure.of("limit_hours", hours(judged.limitMillis())));
    if (!Double.isNaN(judged.longestHours())) {
      figures.add(Figure.of("longest_hours", judged.longestHours()));
    } else if (judged.personal()) {
      figures.add(Figure.of("one_in_days", Math.max(1, Math.round(1 / judged.probability()))));
    }
    String code =
        switch (judged.whereabouts()) {
          case OUT -> unworn ? "not_worn" : "out";
          case CAME_HOME -> "came_home";
          case PASSING -> judged.personal() ? "hall" : "fixed";
          case INSIDE ->
              !Double.isNaN(judged.longestHours())
                  ? "place"
                  : judged.personal() ? "personal" : "fixed";
        };
    return new Finding(NAME, code, null, null, Instant.ofEpochMilli(since), figures);
  }

  /** Nobody is there, or somebody is who can help; when that ends, it is looked at again. */
  private static boolean isExcused(Sight sight, Findings findings) {
    boolean excused = false;
    for (Mode mode : sight.modes()) {
      boolean counts =
          switch (mode.kind()) {
            case AWAY, HOSPITAL, VISITOR -> mode.device() == null;
            case MAINTENANCE, TEST, DRILL -> false;
          };
      if (counts && mode.holdsAt(sight.now())) {
        excused = true;
        findings.lookAt(mode.until());
      } else if (counts && mode.since().isAfter(sight.now())) {
        findings.lookAt(mode.since());
      }
    }
    return excused;
  }

  private static boolean isAfterDoor(Life life, InactivitySettings settings) {
    return settings.withoutMotion() ? life.isAfterDoorByHand() : life.isAfterDoor();
  }

  private static long since(Life life, InactivitySettings settings) {
    return settings.withoutMotion() ? life.handSilentSince() : life.silentSince();
  }

  private static double hours(long millis) {
    return millis / 3_600_000.0;
  }
}
