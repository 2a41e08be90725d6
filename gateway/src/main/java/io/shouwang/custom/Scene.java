package io.shouwang.custom;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.rules.Sight;
import io.shouwang.senses.DeviceSense;
import io.shouwang.senses.Life;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One moment of one home in the words of {@link Vocabulary}: made part by part, as expressions ask
 * for it, once. Whole minutes and days; -1 for what never was. Lives for one decision.
 */
final class Scene {
  private static final long NEVER = -1;

  private final Sight sight;
  private final Map<String, Object> values = new HashMap<>();

  Scene(Sight sight) {
    this.sight = sight;
  }

  /** The variables this expression speaks of. */
  Map<String, Object> values(Expression expression) {
    ZonedDateTime local = sight.local();
    values.put("now", sight.now());
    values.put("hour", (long) local.getHour());
    values.put("weekday", (long) local.getDayOfWeek().getValue());
    if (expression.uses("event")) {
      values.computeIfAbsent("event", _ -> event());
    }
    if (expression.uses("home")) {
      values.computeIfAbsent("home", _ -> home());
    }
    if (expression.uses("elder")) {
      values.computeIfAbsent("elder", _ -> elder());
    }
    return values;
  }

  private Map<String, Object> event() {
    DeviceEvent event = sight.event();
    if (event == null) {
      return Map.of();
    }
    Map<String, Object> fields = PayloadFields.read(event.payload().bytes());
    Directory.Placement placement = sight.directory().placement(event.device());
    fields.put("kind", event.kind().value());
    fields.put("device", event.device().value());
    fields.put("type", placement == null ? "" : placement.type());
    return fields;
  }

  private Map<String, Object> home() {
    Life life = sight.senses().life();
    Map<String, Object> home = new HashMap<>();
    home.put("id", sight.home().value());
    home.put("silent_minutes", minutesSince(life.silentSince()));
    home.put("door_minutes", minutesSince(life.doorAt()));
    home.put("after_door", life.isAfterDoor());
    home.put("devices", sight.devices().stream().map(this::device).toList());
    home.put("elders", sight.elders().stream().map(this::elder).toList());
    home.put(
        "modes",
        sight.modes().stream()
            .filter(mode -> mode.device() == null && mode.holdsAt(sight.now()))
            .map(mode -> mode.kind().name().toLowerCase(Locale.ROOT))
            .toList());
    home.put(
        "open_alerts", sight.openAlerts().stream().map(alert -> alert.kind().value()).toList());
    return home;
  }

  private Map<String, Object> device(Directory.Placement placement) {
    Map<String, Object> device = new HashMap<>();
    device.put("id", placement.device().value());
    device.put("type", placement.type());
    device.put("model", placement.model());
    DeviceSense sense = sight.senses().device(placement.device());
    device.put("heard_minutes", sense == null ? NEVER : minutesSince(sense.heardAt()));
    device.put("tested_days", sense == null ? NEVER : daysSince(sense.testedAt()));
    if (sense != null) {
      known(device, "battery_pct", sense.batteryPct());
      flag(device, "worn", sense.worn());
      flag(device, "charging", sense.charging());
      flag(device, "online", sense.online());
    }
    return device;
  }

  /** The wearer of the device that spoke, or the only one who lives there; else nobody known. */
  private Map<String, Object> elder() {
    DeviceEvent event = sight.event();
    Directory.Placement placement =
        event == null ? null : sight.directory().placement(event.device());
    if (placement != null && placement.elder() != null) {
      return elder(placement.elder());
    }
    List<ElderId> all = sight.elders();
    return all.size() == 1 ? elder(all.getFirst()) : Map.of();
  }

  private Map<String, Object> elder(ElderId id) {
    Map<String, Object> elder = new HashMap<>();
    elder.put("id", id.value());
    Directory.Elder card = sight.directory().elder(id);
    if (card != null) {
      elder.put("categories", new ArrayList<>(card.categories().stream().sorted().toList()));
      elder.put("ability", card.ability());
      Integer born = card.birthYear();
      if (born != null) {
        elder.put("age", (long) sight.local().getYear() - born);
      }
    }
    return elder;
  }

  private static void known(Map<String, Object> device, String name, int value) {
    if (value != DeviceSense.UNKNOWN) {
      device.put(name, (long) value);
    }
  }

  private static void flag(Map<String, Object> device, String name, int value) {
    if (value != DeviceSense.UNKNOWN) {
      device.put(name, value == 1);
    }
  }

  private long minutesSince(long atMillis) {
    return atMillis == 0 ? NEVER : Math.max(0, sinceMillis(atMillis) / 60_000);
  }

  private long daysSince(long atMillis) {
    return atMillis == 0 ? NEVER : Math.max(0, sinceMillis(atMillis) / 86_400_000);
  }

  private long sinceMillis(long atMillis) {
    Instant now = sight.now();
    return now.toEpochMilli() - atMillis;
  }

  /** What the expression's words meant at this moment: "event.watts 2300, hour 3". */
  static String figures(Expression expression, Map<String, Object> values) {
    StringBuilder text = new StringBuilder();
    for (List<String> path : expression.paths()) {
      String value = shown(at(values, path));
      if (!value.isEmpty()) {
        text.append(text.isEmpty() ? "" : ", ").append(String.join(".", path)).append(' ');
        text.append(value);
      }
    }
    return text.toString();
  }

  private static @Nullable Object at(Map<String, Object> values, List<String> path) {
    Object at = values;
    for (String step : path) {
      at = at instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return at;
  }

  /** Numbers, truths and short words; facts hold no free text. */
  private static String shown(@Nullable Object value) {
    boolean isShown =
        value instanceof Number
            || value instanceof Boolean
            || (value instanceof String word && word.matches("[A-Za-z0-9_-]{1,32}"));
    return isShown ? String.valueOf(value) : "";
  }
}
