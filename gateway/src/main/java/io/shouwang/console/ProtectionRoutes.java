package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.rules.Protection;
import io.shouwang.rules.ProtectionBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which devices would tell us anything, and which would not: for those who send somebody round. */
final class ProtectionRoutes {
  static final int LIMIT_DEFAULT = 100;
  static final int LIMIT_MAX = 500;

  private static final Set<Who> READERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);
  private static final long WAIT_SECONDS = 10;

  private final ProtectionBook book;
  private final Supplier<Directory> directory;
  private final Clock clock;

  /** A list may walk a whole city: a second or two of one processor, for one caller at a time. */
  private final Semaphore walking = new Semaphore(1, true);

  ProtectionRoutes(ProtectionBook book, Supplier<Directory> directory, Clock clock) {
    this.book = book;
    this.directory = directory;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/homes/{homeId}/protection", READERS, this::show),
        Route.get("/api/v1/devices", READERS, this::list));
  }

  private void show(Context context, Caller caller) {
    String name = context.pathParam("homeId");
    Directory now = directory.get();
    HomeId id = Identity.isValid(name) ? new HomeId(name) : null;
    boolean isSeen =
        id != null
            && now.home(id) != null
            && caller instanceof Caller.OfOperator operator
            && new Sight(now).covers(operator, id);
    AlertRoutes.ACCESS.info(
        "who={} look=protection home={} result={}",
        caller.name(),
        id == null ? "-" : id,
        isSeen ? 200 : 404);
    if (id == null || !isSeen) {
      throw Problem.notFound("home");
    }
    Protection protection = book.of(id);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("home", id.value());
    json.put("as_of", protection.at().toString());
    json.put("protection", word(protection.sum()));
    json.put(
        "devices",
        protection.devices().stream().map(device -> json(protection.home(), device)).toList());
    JsonWriter.answer(context, 200, json);
  }

  private void list(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    Predicate<Protection.OfDevice> wanted = wanted(context.queryParam("state"));
    int limit = limit(context.queryParam("limit"));
    String area = context.queryParam("area");
    if (area != null && !Identity.isValid(area)) {
      throw Problem.badRequest("area must be an area's id");
    }
    List<Object> devices = new ArrayList<>();
    boolean more =
        walk(
            operator.operator().area(),
            area == null ? null : new AreaId(area),
            wanted,
            limit,
            devices);
    AlertRoutes.ACCESS.info(
        "who={} look=devices count={} result=200", caller.name(), devices.size());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("devices", devices);
    json.put("more", more);
    json.put("as_of", clock.wall().toString());
    JsonWriter.answer(context, 200, json);
  }

  /** Finds up to so many devices; true if there are more. */
  private boolean walk(
      AreaId own,
      @Nullable AreaId asked,
      Predicate<Protection.OfDevice> wanted,
      int limit,
      List<Object> found) {
    take();
    try {
      Directory now = directory.get();
      Sight sight = new Sight(now);
      boolean[] more = new boolean[1];
      now.eachHome(home -> {
        if (more[0] || !sight.covers(own, home) || (asked != null && !sight.covers(asked, home))) {
          return;
        }
        for (Protection.OfDevice device : book.of(home).devices()) {
          if (wanted.test(device)) {
            if (found.size() == limit) {
              more[0] = true;
              return;
            }
            found.add(json(home, device));
          }
        }
      });
      return more[0];
    } finally {
      walking.release();
    }
  }

  private void take() {
    try {
      if (walking.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problem.busy("somebody else's list is being made; ask again");
  }

  private static Predicate<Protection.OfDevice> wanted(@Nullable String state) {
    return switch (state == null ? "all" : state) {
      case "all" -> device -> true;
      case "unprotected" -> device -> !device.state().isProtecting();
      case "test_overdue" -> Protection.OfDevice::testOverdue;
      case "low_battery" -> device -> device.state() == Protection.State.LOW_BATTERY;
      default ->
          throw Problem.badRequest("state must be unprotected, test_overdue, low_battery or all");
    };
  }

  private static int limit(@Nullable String asked) {
    if (asked == null) {
      return LIMIT_DEFAULT;
    }
    try {
      int limit = Integer.parseInt(asked);
      if (limit >= 1 && limit <= LIMIT_MAX) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // falls through to the one answer for every wrong limit
    }
    throw Problem.badRequest("limit must be 1 to " + LIMIT_MAX);
  }

  static Map<String, Object> json(HomeId home, Protection.OfDevice device) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("device", device.device().value());
    json.put("home", home.value());
    json.put("type", device.type());
    json.put("model", device.model());
    if (device.elder() != null) {
      json.put("elder", device.elder().value());
    }
    json.put("state", word(device.state()));
    json.put("protects", device.state().isProtecting());
    json.put("test_overdue", device.testOverdue());
    put(json, "since", device.since());
    put(json, "heard_at", device.heardAt());
    put(json, "tested_at", device.testedAt());
    if (device.batteryPct() != null) {
      json.put("battery_pct", device.batteryPct());
    }
    return json;
  }

  private static void put(Map<String, Object> json, String name, @Nullable Instant at) {
    if (at != null) {
      json.put(name, at.toString());
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
