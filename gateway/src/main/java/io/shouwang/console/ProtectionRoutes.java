package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.rules.Protection;
import io.shouwang.rules.ProtectionBook;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which devices of a home would tell us anything, and which would not. */
final class ProtectionRoutes {
  private static final Set<Who> READERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);

  private final ProtectionBook book;
  private final Supplier<Directory> directory;

  ProtectionRoutes(ProtectionBook book, Supplier<Directory> directory) {
    this.book = book;
    this.directory = directory;
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/homes/{homeId}/protection", READERS, this::show));
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
      json.put("battery_low", device.batteryLow());
    }
    return json;
  }

  private static void put(Map<String, Object> json, String name, @Nullable Instant at) {
    if (at != null) {
      json.put(name, at.toString());
    }
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
