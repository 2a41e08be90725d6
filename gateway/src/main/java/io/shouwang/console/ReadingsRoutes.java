package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.CareBook;
import io.shouwang.figures.Measured;
import io.shouwang.figures.ReadingsBook;
import io.shouwang.figures.Sample;
import io.shouwang.host.Clock;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.rules.VitalsSettings;
import io.shouwang.wording.AlertCard;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the devices of a home said lately, to be drawn: for those who see an alert of it whole. */
final class ReadingsRoutes {
  static final int MINUTES_DEFAULT = 30;
  static final int MINUTES_MAX = 24 * 60;

  private static final long LOOK_LASTS_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int LOOKED_MAX = 1_000;

  private final Map<String, Long> looked =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > LOOKED_MAX;
        }
      };
  private final ReadingsBook book;
  private final AlertBook alerts;
  private final CareBook care;
  private final Supplier<Directory> directory;
  private final Clock clock;
  private final ZoneId zone;

  ReadingsRoutes(Sources from) {
    this.book = from.figures().readings();
    this.alerts = from.book();
    this.care = from.care();
    this.directory = from.directory();
    this.clock = from.clock();
    this.zone = from.zone();
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/homes/{home}/readings", AlertRoutes.READERS, this::show));
  }

  private void show(Context context, Caller caller) {
    int minutes = Asked.number(context, "minutes", 1, MINUTES_MAX, MINUTES_DEFAULT);
    String name = context.pathParam("home");
    HomeId home = Identity.isValid(name) ? new HomeId(name) : null;
    Directory now = directory.get();
    Predicate<DeviceId> shown = home == null ? null : shown(caller, home, now);
    if (home == null || shown == null || lookedAnew(caller, home)) {
      AlertRoutes.ACCESS.info(
          "who={} look=readings home={} minutes={} result={}",
          caller.name(),
          home == null ? "-" : home,
          minutes,
          shown == null ? 404 : 200);
    }
    if (home == null || shown == null) {
      throw Problem.notFound("home");
    }
    Instant to = clock.wall();
    Instant from = to.minus(Duration.ofMinutes(minutes));
    ReadingsBook.Readings readings = book.of(home, from);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("home", home.value());
    json.put("from", from.toString());
    json.put("as_of", to.toString());
    json.put("zone", zone.getId());
    Instant knownFrom = readings.knownFrom();
    json.put("known_from", (knownFrom == null ? to : knownFrom).toString());
    json.put("cut", readings.cut());
    boolean withPositions = seesPositions(caller, home, to);
    List<Sample> samples =
        readings.samples().stream()
            .filter(sample -> withPositions || sample.what() != Measured.LOCATION)
            .toList();
    json.put("series", series(home, samples, shown, now));
    JsonWriter.answer(context, 200, json);
  }

  /** A page that stays open asks every few seconds: that is one look, recorded now and then. */
  private boolean lookedAnew(Caller caller, HomeId home) {
    long now = clock.nanos();
    synchronized (looked) {
      Long before = looked.get(caller.name() + " " + home);
      boolean isNew = before == null || now - before >= LOOK_LASTS_NANOS;
      if (isNew) {
        looked.put(caller.name() + " " + home, now);
      }
      return isNew;
    }
  }

  /** Which devices' readings a caller may see; null when the home is none of theirs. */
  private @Nullable Predicate<DeviceId> shown(Caller caller, HomeId home, Directory now) {
    if (now.home(home) == null) {
      return null;
    }
    Sight sight = new Sight(now);
    if (caller instanceof Caller.OfOperator operator
        && Sight.isOffice(operator)
        && sight.covers(operator, home)) {
      return _ -> true;
    }
    List<Alert> whole = new ArrayList<>();
    for (AlertBook.Seen seen : alerts.open()) {
      Alert alert = seen.alert();
      if (alert.home().equals(home) && sight.sees(caller, alert) && Sight.isWhole(caller, alert)) {
        whole.add(alert);
      }
    }
    return whole.isEmpty() ? null : device -> whole.stream().anyMatch(a -> isOf(a, device, now));
  }

  /**
   * Whether somebody may see where the wearers went: only through an alert of the home, as on the
   * alert itself. Nobody follows an old person about because they could.
   */
  private boolean seesPositions(Caller caller, HomeId home, Instant now) {
    Sight sight = new Sight(directory.get());
    return Stream.concat(alerts.open().stream(), alerts.closed().stream())
        .map(AlertBook.Seen::alert)
        .filter(alert -> alert.home().equals(home) && sight.sees(caller, alert))
        .anyMatch(alert -> Veil.isLifted(caller, alert, now));
  }

  /** Whether a device says something about an alert: it spoke, hangs there, or is worn by whom. */
  private static boolean isOf(Alert alert, DeviceId device, Directory now) {
    Directory.Placement placement = now.placement(device);
    ElderId wearer = placement == null ? null : placement.elder();
    Set<DeviceId> spoke = new HashSet<>();
    alert.evidence().forEach(evidence -> spoke.add(evidence.device()));
    return spoke.contains(device) || wearer == null || alert.elders().contains(wearer);
  }

  private record Key(Measured what, DeviceId device) {}

  private List<Map<String, Object>> series(
      HomeId home, List<Sample> samples, Predicate<DeviceId> shown, Directory now) {
    Map<Key, List<Sample>> byKey = new LinkedHashMap<>();
    for (Sample sample : samples) {
      if (shown.test(sample.device())) {
        byKey
            .computeIfAbsent(new Key(sample.what(), sample.device()), _ -> new ArrayList<>())
            .add(sample);
      }
    }
    List<Map<String, Object>> series = new ArrayList<>();
    for (Measured what : Measured.values()) {
      byKey.forEach((key, of) -> {
        if (key.what() == what) {
          series.add(one(home, key, of, now));
        }
      });
    }
    return series;
  }

  private Map<String, Object> one(HomeId home, Key key, List<Sample> samples, Directory now) {
    Directory.Placement placement = now.placement(key.device());
    ElderId elder = placement == null ? null : placement.elder();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("measure", AlertCard.word(key.what()));
    if (!key.what().unit().isEmpty()) {
      json.put("unit", key.what().unit());
    }
    json.put("device", key.device().value());
    if (placement != null) {
      json.put("type", placement.type());
    }
    if (elder != null) {
      json.put("elder", elder.value());
    }
    String room = samples.getLast().room();
    if (room != null) {
      json.put("room", room);
    }
    Map<String, Object> limits = limits(home, elder, key.what(), now);
    if (!limits.isEmpty()) {
      json.put("limits", limits);
    }
    json.put("points", samples.stream().map(ReadingsRoutes::point).toList());
    return json;
  }

  private static Map<String, Object> point(Sample sample) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", sample.at().toString());
    if (sample.what() == Measured.LOCATION) {
      json.put("lat", sample.value());
      json.put("lon", sample.second());
      if (!Double.isNaN(sample.third())) {
        json.put("accuracy_m", Math.round(sample.third()));
      }
      return json;
    }
    if (sample.what().isState()) {
      json.put("on", sample.value() != 0);
      return json;
    }
    json.put("value", sample.value());
    if (!Double.isNaN(sample.second())) {
      json.put("second", sample.second());
    }
    return json;
  }

  /** What the rule goes by for whoever wears it. */
  private Map<String, Object> limits(
      HomeId home, @Nullable ElderId elder, Measured what, Directory now) {
    if (elder == null) {
      return Map.of();
    }
    VitalsSettings vitals = care.limits().of(now, home, elder).vitals();
    if (!vitals.enabled()) {
      return Map.of();
    }
    return switch (what) {
      case HEART_RATE -> bounds(vitals.heartRate(), "low", "high");
      case SPO2 -> Map.of("low", vitals.spo2().low());
      case BODY_TEMP -> bounds(vitals.bodyTemp(), "low", "high");
      case BLOOD_PRESSURE -> {
        Map<String, Object> both = bounds(vitals.systolic(), "low", "high");
        both.putAll(bounds(vitals.diastolic(), "second_low", "second_high"));
        yield both;
      }
      case STEPS, BATTERY, WATER, MOTION, DOOR, BED, LOCATION -> Map.of();
    };
  }

  private static Map<String, Object> bounds(VitalsSettings.Bounds bounds, String low, String high) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(low, bounds.low());
    json.put(high, bounds.high());
    return json;
  }
}
