package io.shouwang.rules;

import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Point;
import io.shouwang.model.Severity;
import io.shouwang.model.Signal;
import io.shouwang.senses.DeviceSense;
import io.shouwang.senses.Track;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an elder is, and where not: safe fences left, dangerous ones entered, away from home at
 * night, and no position for too long. Each device that knows its place is judged by itself, by all
 * positions it sent lately; their order of arrival doesn't matter.
 *
 * <p>All are {@link Severity#MAJOR} but the missing position, which is minor. Entering a river is
 * no alarm-class event: that class rings the duty desk at second 0 and is never filtered, and a
 * position is an estimate that must be filtered. What is urgent about it is met by a short dwell,
 * an alert of its own that rings beside one for the fence left before, and a ladder as steep as the
 * office likes.
 */
final class LocationRule implements Rule {
  static final String NAME = "location";
  static final Kind FENCE_LEFT = new Kind("fence_left");
  static final Kind FENCE_ENTERED = new Kind("fence_entered");
  static final Kind NIGHT_WANDERING = new Kind("night_wandering");
  static final Kind NO_FIX = new Kind("no_fix");

  private static final List<Kind> SHOWS_PLACE =
      List.of(FENCE_LEFT, FENCE_ENTERED, NIGHT_WANDERING, Kind.SOS, Kind.FALL);
  private static final String NIGHT = "/night";
  private static final String FIX = "/fix";

  /** How often a device that is neither heard nor found is looked for. */
  private static final Duration SILENT_LOOK_EVERY = Duration.ofHours(6);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void judge(Sight sight, Findings findings) {
    if (sight.event() == null) {
      judgeAll(sight, findings);
      return;
    }
    switch (sight.event().signal()) {
      case Signal.Position _, Signal.Sos _, Signal.Fall _ -> {
        DeviceId device = sight.event().device();
        DeviceSense sense = sight.senses().device(device);
        DeviceSense before = sight.sensesBefore().device(device);
        Track track = sense == null ? null : sense.track();
        if (sense != null
            && track != null
            && (before == null || !Objects.equals(track, before.track()))) {
          judge(sight, sense, track, findings);
        }
      }
      case Signal.Hazard _, Signal.Telemetry _, Signal.Unreadable _ -> {}
    }
  }

  private static void judgeAll(Sight sight, Findings findings) {
    Set<String> judged = new HashSet<>();
    for (DeviceSense sense : sight.senses().devices()) {
      Track track = sense.track();
      if (track != null) {
        judged.addAll(judge(sight, sense, track, findings));
      }
    }
    for (Condition condition : sight.conditions(NAME)) {
      if (!condition.key().startsWith(Condition.NEWS) && !judged.contains(condition.key())) {
        findings.gone(
            condition.key(), Finding.of(NAME, "unwatched", null, null, condition.since()));
      }
    }
  }

  /** Judges one device, and gives the keys of what was judged. */
  private static List<String> judge(
      Sight sight, DeviceSense sense, Track track, Findings findings) {
    Directory.Placement placement = sight.placement(sense.device());
    ElderId elder = placement == null ? null : placement.elder();
    if (placement == null || elder == null || !sight.home().equals(placement.home())) {
      return List.of();
    }
    LocationSettings settings = sight.limits(elder).location();
    return settings.enabled() && track.size() > 0
        ? new Look(sight, sense, track, elder, settings, findings).judge()
        : List.of();
  }

  /** One look at one device. */
  private static final class Look {
    private final Sight sight;
    private final DeviceSense sense;
    private final Track track;
    private final ElderId elder;
    private final LocationSettings settings;
    private final Findings findings;
    private final long nowMillis;
    private final boolean isLate;
    private final Set<String> keys = new HashSet<>();

    Look(
        Sight sight,
        DeviceSense sense,
        Track track,
        ElderId elder,
        LocationSettings settings,
        Findings findings) {
      this.sight = sight;
      this.sense = sense;
      this.track = track;
      this.elder = elder;
      this.settings = settings;
      this.findings = findings;
      nowMillis = sight.now().toEpochMilli();
      isLate = track.receivedAt() - track.fixAt() > settings.lateAfter().toMillis();
    }

    List<String> judge() {
      missing();
      List<Fence> fences = sight.directory().fences(elder);
      Fence home = nightFence();
      Instant whole = Instant.ofEpochMilli(track.burstAt()).plus(settings.bufferWait());
      if (sight.now().isBefore(whole)) {
        // More may come that tells another story: all is judged when it is here.
        findings.lookAt(whole);
        fences.forEach(fence -> key("/" + fence.id()));
        key(NIGHT);
      } else if (!fences.isEmpty() || home != null) {
        Journey journey = Journey.of(track, settings.speedMaxKmh());
        for (Fence fence : fences) {
          fence(journey, fence);
        }
        if (home != null) {
          night(journey, home);
        }
        jump(journey);
      }
      return List.copyOf(keys);
    }

    /** Heard, but without a position for too long. */
    private void missing() {
      String key = key(FIX);
      Instant fixAt = Instant.ofEpochMilli(track.fixAt());
      Instant due = fixAt.plus(settings.noFixAfter());
      if (sight.now().isBefore(due)) {
        findings.lookAt(due);
        if (sight.condition(NAME, key).isPresent()) {
          findings.gone(key, finding("fix_again", track.fixAt(), fixAt()));
        }
        return;
      }
      boolean isHeard = nowMillis - sense.heardAt() <= settings.heardWithin().toMillis();
      if (isHeard) {
        findings.holds(
            NO_FIX,
            Severity.MINOR,
            key,
            finding(
                "no_fix",
                track.fixAt(),
                Figure.of("hours", Duration.between(fixAt, sight.now()).toHours()),
                fixAt()));
      } else {
        findings.lookAt(sight.now().plus(SILENT_LOOK_EVERY));
      }
    }

    private void fence(Journey journey, Fence fence) {
      boolean isSafe = fence.kind() == Fence.Kind.SAFE;
      String key = key("/" + fence.id());
      boolean holds = sight.condition(NAME, key).isPresent();
      Stay stay =
          Stay.of(journey, new Stay.Region(fence, settings.marginM(), settings.coarseM(), holds));
      if (holds) {
        if (stay.isCalm()) {
          findings.gone(key, over(isSafe ? "returned" : "came_out", fence));
        }
        return;
      }
      if (stay.votes() == 0 || (isSafe && isElsewhere())) {
        return;
      }
      long due =
          isSafe
              ? due(stay, settings.leftDwell(), settings.leftDwellAlone())
              : due(stay, settings.enteredDwell(), settings.enteredDwellAlone());
      if (isDue(journey, stay, due)) {
        rings(
            isSafe ? FENCE_LEFT : FENCE_ENTERED,
            key,
            stay,
            found(isSafe ? "left" : "entered", fence.name(), journey, stay));
      }
    }

    /** What is home at night for those it is watched for; null for everybody else. */
    private @Nullable Fence nightFence() {
      Point home = sight.directory().pointOf(sight.home());
      if (home == null || !isWatchedAtNight()) {
        return null;
      }
      return new Fence(
          new Fence.FenceId("night"),
          elder,
          "",
          Fence.Kind.SAFE,
          settings.nightDistanceM(),
          List.of(home));
    }

    private boolean isWatchedAtNight() {
      if (settings.nightForAll()) {
        return true;
      }
      Set<String> categories = sight.directory().categories(elder);
      for (String category : settings.nightCategories()) {
        if (categories.contains(category)) {
          return true;
        }
      }
      return false;
    }

    private void night(Journey journey, Fence home) {
      String key = key(NIGHT);
      boolean isNight = settings.isNight(sight.local().toLocalTime());
      boolean holds = sight.condition(NAME, key).isPresent();
      Stay stay = Stay.of(journey, new Stay.Region(home, 0, settings.coarseM(), holds));
      if (holds) {
        if (stay.isCalm()) {
          findings.gone(key, finding("home_again", track.fixAt(), fixAt()));
        } else if (!isNight) {
          findings.gone(key, finding("night_over", track.fixAt(), fixAt()));
        } else {
          findings.lookAt(next(settings.nightUntil()));
        }
        return;
      }
      if (stay.votes() == 0 || isElsewhere()) {
        return;
      }
      if (!isNight) {
        findings.lookAt(next(settings.nightFrom()));
        return;
      }
      long due = due(stay, settings.nightDwell(), settings.nightDwellAlone());
      if (isDue(journey, stay, due)) {
        rings(NIGHT_WANDERING, key, stay, found("away_at_night", "", journey, stay));
        findings.lookAt(next(settings.nightUntil()));
      }
    }

    /**
     * Raises an alert. Whoever has one of this kind in hand, from an earlier time or another fence,
     * may think it nearly over, and is rung again.
     */
    private void rings(Kind kind, String key, Stay stay, Finding finding) {
      for (Sight.OpenAlert open : sight.openAlerts()) {
        if (kind.equals(open.kind()) && elder.equals(open.elder())) {
          findings.news(kind, key + "/" + stay.sinceMillis(), true, finding);
        }
      }
      findings.holds(kind, Severity.MAJOR, key, finding);
    }

    /** Who is away or in hospital by an operator's word is expected elsewhere, until it ends. */
    private boolean isElsewhere() {
      boolean elsewhere = false;
      for (Mode mode : sight.modes()) {
        boolean says = mode.kind() == Mode.Kind.AWAY || mode.kind() == Mode.Kind.HOSPITAL;
        if (says && mode.device() == null && mode.holdsAt(sight.now())) {
          findings.lookAt(mode.until());
          elsewhere = true;
        }
      }
      return elsewhere;
    }

    private static long due(Stay stay, Duration dwell, Duration dwellAlone) {
      return stay.dueMillis(dwell.toMillis(), dwellAlone.toMillis());
    }

    /** Whether it rings now; else asks to be shown the home when it would. */
    private boolean isDue(Journey journey, Stay stay, long dueMillis) {
      long believedUntil = journey.atMillis(stay.latest()) + settings.believedFor().toMillis();
      if (dueMillis == Long.MAX_VALUE || Math.max(dueMillis, nowMillis) > believedUntil) {
        return false;
      }
      if (dueMillis > nowMillis) {
        findings.lookAt(Instant.ofEpochMilli(dueMillis));
        return false;
      }
      return true;
    }

    /** The latest position is impossible: who looks at the map must know. */
    private void jump(Journey journey) {
      if (!journey.endsInJump()) {
        return;
      }
      for (Sight.OpenAlert open : sight.openAlerts()) {
        if (elder.equals(open.elder()) && SHOWS_PLACE.contains(open.kind())) {
          findings.news(
              open.kind(),
              sense.device() + "/jump/" + open.kind(),
              false,
              finding(
                  "jump",
                  track.fixAt(),
                  Figure.of("distance_m", Math.round(journey.jumpM())),
                  Figure.of("speed_kmh", Math.round(journey.jumpKmh())),
                  fixAt()));
        }
      }
    }

    private Finding found(String code, String fence, Journey journey, Stay stay) {
      return finding(
          isLate ? code + "_late" : code,
          stay.sinceMillis(),
          new Figure("fence", fence),
          Figure.of("distance_m", Math.round(stay.latestM())),
          Figure.of("accuracy_m", journey.accuracyM(stay.latest())),
          Figure.of("positions", stay.votes()),
          Figure.of("set_aside", journey.setAside()),
          time("fix_at", journey.atMillis(stay.latest())),
          time("received_at", track.receivedAt()));
    }

    private Finding over(String code, Fence fence) {
      return finding(code, track.fixAt(), new Figure("fence", fence.name()), fixAt());
    }

    private Finding finding(String code, long sinceMillis, Figure... figures) {
      return Finding.of(
          NAME, code, elder, sense.device(), Instant.ofEpochMilli(sinceMillis), figures);
    }

    private Figure fixAt() {
      return time("fix_at", track.fixAt());
    }

    private static Figure time(String name, long millis) {
      return new Figure(name, Instant.ofEpochMilli(millis).toString());
    }

    /** When the clock shows this time next. */
    private Instant next(LocalTime time) {
      ZonedDateTime local = sight.local();
      Instant today = local.toLocalDate().atTime(time).atZone(local.getZone()).toInstant();
      return today.isAfter(sight.now())
          ? today
          : local.toLocalDate().plusDays(1).atTime(time).atZone(local.getZone()).toInstant();
    }

    private String key(String what) {
      String key = sense.device() + what;
      keys.add(key);
      return key;
    }
  }
}
