package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.alerts.CareBook;
import io.shouwang.figures.LatestStatus;
import io.shouwang.figures.Quarantine;
import io.shouwang.figures.Source;
import io.shouwang.host.Clock;
import io.shouwang.intake.Utf8;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.Mode;
import io.shouwang.model.OperatorRole;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Protection;
import io.shouwang.rules.ProtectionBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that is known of how one device is, with what it said that nobody could read. */
final class DeviceHealthRoutes {
  private static final Set<Who> READERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR, Who.ADMINISTRATOR);

  /** Bytes may be anything about a person: for those who look after devices, not for the seat. */
  private static final Set<OperatorRole> READ_BYTES =
      Set.of(OperatorRole.SUPERVISOR, OperatorRole.ADMINISTRATOR);

  private static final int FIRMWARE_LENGTH_MAX = 64;

  private final ProtectionBook book;
  private final CareBook care;
  private final Quarantine quarantine;
  private final LatestStatus statuses;
  private final Supplier<Directory> directory;
  private final Clock clock;

  DeviceHealthRoutes(Sources from) {
    this.book = from.protection();
    this.care = from.care();
    this.quarantine = from.figures().quarantine();
    this.statuses = from.figures().statuses();
    this.directory = from.directory();
    this.clock = from.clock();
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/devices/{deviceId}/health", READERS, this::show));
  }

  private void show(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    String name = context.pathParam("deviceId");
    DeviceId id = Identity.isValid(name) ? new DeviceId(name) : null;
    Directory now = directory.get();
    Sight sight = new Sight(now);
    Directory.Placement placement = id == null ? null : now.placement(id);
    Quarantine.OfDevice unread = id == null ? null : quarantine.of(id);
    HomeId home = placement != null ? placement.home() : unread == null ? null : unread.home();
    boolean isKnown = placement != null || unread != null;
    boolean isSeen =
        isKnown
            && (home == null
                ? now.areaPath(operator.operator().area()).size() == 1
                : sight.covers(operator, home));
    boolean withBytes =
        isSeen
            && unread != null
            && operator.operator().roles().stream().anyMatch(READ_BYTES::contains);
    AlertRoutes.ACCESS.info(
        "who={} look={} home={} device={} result={}",
        caller.name(),
        withBytes ? "device_bytes" : "device_health",
        home == null || !isSeen ? "-" : home,
        id == null ? "-" : id,
        isSeen ? 200 : 404);
    if (id == null || !isSeen) {
      throw Problem.notFound("device");
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("device", id.value());
    json.put("registered", placement != null);
    if (placement != null) {
      place(json, placement, now);
    }
    HomeId lives = placement == null ? null : placement.home();
    if (lives != null) {
      book.of(lives).devices().stream()
          .filter(device -> device.device().equals(id))
          .findFirst()
          .ifPresent(device -> device(json, lives, device, now));
      protects(json, lives, placement == null ? null : placement.elder(), now);
      DeviceListRoutes.testing(care.of(lives).modes(), id, clock.wall())
          .ifPresent(mode -> json.put("test_mode", mode(mode)));
    }
    LatestStatus.Said said = statuses.of(id);
    if (said != null) {
      json.put("status", status(said));
    }
    json.put("unreadable", unreadable(unread, withBytes));
    json.put("as_of", clock.wall().toString());
    JsonWriter.answer(context, 200, json);
  }

  private static void place(
      Map<String, Object> json, Directory.Placement placement, Directory now) {
    json.put("type", placement.type());
    json.put("model", placement.model());
    String vendor = Source.vendor(placement.model());
    if (vendor != null) {
      json.put("vendor", vendor);
    }
    HomeId home = placement.home();
    Directory.Home card = home == null ? null : now.home(home);
    if (home != null) {
      json.put("home", home.value());
    }
    if (card != null) {
      json.put("area", card.area().value());
    }
    if (placement.hub() != null) {
      json.put("hub", placement.hub().value());
    }
  }

  private void device(
      Map<String, Object> json, HomeId home, Protection.OfDevice device, Directory now) {
    ProtectionRoutes.json(home, device).forEach(json::putIfAbsent);
    LimitsBook limits = care.limits();
    Duration silent =
        (device.elder() == null ? limits.of(now, home) : limits.of(now, home, device.elder()))
            .devices()
            .silentAfter(device.type(), device.model());
    json.put("silent_after_s", silent.toSeconds());
    Protection.Said said = device.said();
    if (said != null) {
      put(json, "worn", said.worn());
      put(json, "worn_since", said.worn() == null ? null : said.wornSince());
      put(json, "charging", said.charging());
      put(json, "online", said.online());
      put(json, "online_since", said.online() == null ? null : said.onlineSince());
      json.put("faulty", said.faulty());
      json.put("tampered", said.tampered());
      put(json, "clock_behind_ms", said.behind() == null ? null : said.behind().toMillis());
    }
  }

  private static void put(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value instanceof Instant at ? at.toString() : value);
    }
  }

  /** Whom it is there for: the one who wears it, or all who live there. */
  private static void protects(
      Map<String, Object> json, HomeId home, @Nullable ElderId elder, Directory now) {
    List<ElderId> elders = elder == null ? now.elders(home) : List.of(elder);
    json.put("elders", elders.stream().map(ElderId::value).toList());
  }

  private static Map<String, Object> mode(Mode mode) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("since", mode.since().toString());
    json.put("until", mode.until().toString());
    json.put("by", mode.by().value());
    return json;
  }

  /** What no rule reads, as the device said it; what isn't as the contract has it is left out. */
  private static Map<String, Object> status(LatestStatus.Said said) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", said.at().toString());
    try {
      JsonNode read = CallReader.json(said.payload().bytes());
      JsonNode signal = read.get("signal_dbm");
      if (signal != null && signal.isNumber()) {
        json.put("signal_dbm", signal.decimalValue());
      }
      JsonNode firmware = read.get("firmware");
      if (firmware != null
          && firmware.isTextual()
          && firmware.textValue().length() <= FIRMWARE_LENGTH_MAX) {
        json.put("firmware", Utf8.whole(firmware.textValue()));
      }
    } catch (Problem e) {
      return json; // an array of several, say: when it came is all there is to tell
    }
    return json;
  }

  private Map<String, Object> unreadable(Quarantine.@Nullable OfDevice of, boolean withBytes) {
    Map<String, Object> json = new LinkedHashMap<>();
    put(json, "since", quarantine.since());
    json.put("full", quarantine.isFull());
    json.put("records", of == null ? 0 : of.records());
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Quarantine.Entry entry : of == null ? List.<Quarantine.Entry>of() : of.entries()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("number", entry.number());
      one.put("at", entry.at().toString());
      one.put("kind", entry.kind().value());
      put(one, "why", entry.why());
      one.put("bytes", entry.length());
      if (withBytes) {
        one.put("hex", HexFormat.of().formatHex(entry.bytes().bytes()));
      }
      entries.addFirst(one);
    }
    json.put("entries", entries);
    return json;
  }
}
