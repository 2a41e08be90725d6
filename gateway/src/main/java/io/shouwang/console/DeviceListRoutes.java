package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.CareBook;
import io.shouwang.figures.Quarantine;
import io.shouwang.figures.Source;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Mode;
import io.shouwang.rules.Protection;
import io.shouwang.rules.ProtectionBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Devices by what is wrong with them, for those who send somebody round. */
final class DeviceListRoutes {
  private static final Set<Who> READERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 500;
  private static final int OFFSET_MAX = 5_000_000;
  private static final int WORDS_MAX = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Beside the states of a device itself. */
  private static final String TEST_MODE = "test_mode";

  private static final String UNREADABLE = "unreadable";
  private static final String UNREGISTERED = "unregistered";
  private static final String UNPROTECTED = "unprotected";

  private final ProtectionBook book;
  private final CareBook care;
  private final Quarantine quarantine;
  private final Supplier<Directory> directory;
  private final Clock clock;

  /** A list may walk a whole city: a second or two of one processor, for one caller at a time. */
  private final Turns turns =
      new Turns(1, PATIENCE, "somebody else's list is being made; ask again");

  DeviceListRoutes(Sources from) {
    this.book = from.protection();
    this.care = from.care();
    this.quarantine = from.figures().quarantine();
    this.directory = from.directory();
    this.clock = from.clock();
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/devices", READERS, this::list));
  }

  /**
   * What is asked for.
   *
   * @param text part of an id of device, home or elder, in lower case
   * @param counted whether all are to be counted, by state
   */
  private record Wanted(
      String state,
      String text,
      String type,
      String vendor,
      String model,
      @Nullable AreaId area,
      int offset,
      int limit,
      boolean counted) {

    static Wanted of(Context context) {
      String state = context.queryParam("state");
      return new Wanted(
          state == null ? "all" : state(state),
          Asked.text(context, "q").toLowerCase(Locale.ROOT),
          Asked.text(context, "type"),
          Asked.text(context, "vendor"),
          Asked.text(context, "model"),
          Asked.area(context),
          Asked.number(context, "offset", 0, OFFSET_MAX, 0),
          Asked.number(context, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT),
          Asked.flag(context, "counts"));
    }

    private static String state(String said) {
      boolean isKnown =
          Set.of("all", UNPROTECTED, TEST_MODE, UNREADABLE, UNREGISTERED).contains(said);
      for (Protection.State each : Protection.State.values()) {
        isKnown |= ProtectionRoutes.word(each).equals(said);
      }
      if (!isKnown) {
        throw Problem.badRequest(
            "state must be all, unprotected, test_mode, unreadable, unregistered,"
                + " or a device's state, such as silent");
      }
      return said;
    }

    boolean admits(HomeId home, Protection.OfDevice device) {
      return (text.isEmpty()
              || contains(device.device().value())
              || contains(home.value())
              || (device.elder() != null && contains(device.elder().value())))
          && (type.isEmpty() || type.equals(device.type()))
          && (vendor.isEmpty() || vendor.equals(Source.vendor(device.model())))
          && (model.isEmpty() || model.equals(device.model()));
    }

    boolean admits(DeviceId unregistered) {
      boolean anyKind = type.isEmpty() && vendor.isEmpty() && model.isEmpty();
      return anyKind && (text.isEmpty() || contains(unregistered.value()));
    }

    private boolean contains(String id) {
      return id.toLowerCase(Locale.ROOT).contains(text);
    }
  }

  /** What was found: a page of it, and counts of all. */
  private static final class Found {
    final List<Object> page = new ArrayList<>();
    final Map<String, Integer> states = new TreeMap<>();
    final Map<String, Integer> types = new TreeMap<>();
    final Map<String, Integer> models = new TreeMap<>();
    int matching;
    int all;

    boolean takes(Wanted wanted) {
      matching++;
      return matching > wanted.offset() && page.size() < wanted.limit();
    }

    boolean isEnough(Wanted wanted) {
      return !wanted.counted() && matching > wanted.offset() + wanted.limit();
    }

    static void count(Map<String, Integer> counts, String word) {
      if (!word.isEmpty() && (counts.containsKey(word) || counts.size() < WORDS_MAX)) {
        counts.merge(word, 1, Integer::sum);
      }
    }
  }

  private void list(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    Wanted wanted = Wanted.of(context);
    Found found = new Found();
    try (Turns.Turn _ = turns.take()) {
      walk(operator, wanted, found);
    }
    AlertRoutes.ACCESS.info(
        "who={} look=devices count={} result=200", caller.name(), found.page.size());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("devices", found.page);
    json.put("more", found.matching > wanted.offset() + found.page.size());
    if (wanted.counted()) {
      json.put("total", found.matching);
      json.put("all", found.all);
      json.put("states", found.states);
      json.put("types", found.types);
      json.put("models", found.models);
    }
    Instant since = quarantine.since();
    if (since != null) {
      json.put("unreadable_since", since.toString());
    }
    json.put("as_of", clock.wall().toString());
    JsonWriter.answer(context, 200, json);
  }

  private void walk(Caller.OfOperator operator, Wanted wanted, Found found) {
    Directory now = directory.get();
    Sight sight = new Sight(now);
    Map<DeviceId, Quarantine.OfDevice> kept = new LinkedHashMap<>();
    quarantine.all().forEach(one -> kept.put(one.device(), one));
    AreaId own = operator.operator().area();
    AreaId asked = wanted.area();
    for (Quarantine.OfDevice one : kept.values()) {
      if (now.placement(one.device()) == null && asked == null && isTheirs(sight, own, one)) {
        takeUnregistered(wanted, one, found);
      }
    }
    now.eachHome(home -> {
      if (!found.isEnough(wanted)
          && sight.covers(own, home)
          && (asked == null || sight.covers(asked, home))) {
        takeHome(wanted, home, kept, found);
      }
    });
  }

  /** Whose hub's home they cover; one that nobody knows belongs to the topmost areas. */
  private static boolean isTheirs(Sight sight, AreaId own, Quarantine.OfDevice one) {
    HomeId home = one.home();
    return home == null ? sight.directory().areaPath(own).size() == 1 : sight.covers(own, home);
  }

  private static void takeUnregistered(Wanted wanted, Quarantine.OfDevice one, Found found) {
    if (!wanted.admits(one.device())) {
      return;
    }
    found.all++;
    Found.count(found.states, UNREGISTERED);
    boolean isAsked = Set.of("all", UNREGISTERED, UNPROTECTED).contains(wanted.state());
    if (isAsked && found.takes(wanted)) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("device", one.device().value());
      json.put("home", "");
      json.put("type", "");
      json.put("model", "");
      json.put("state", UNREGISTERED);
      json.put("protects", false);
      json.put("test_overdue", false);
      json.put("heard_at", one.lastAt().toString());
      json.put("unreadable", one.records());
      found.page.add(json);
    }
  }

  private void takeHome(
      Wanted wanted, HomeId home, Map<DeviceId, Quarantine.OfDevice> kept, Found found) {
    List<Mode> modes = care.of(home).modes();
    Instant now = clock.wall();
    for (Protection.OfDevice device : book.of(home).devices()) {
      if (!wanted.admits(home, device)) {
        continue;
      }
      found.all++;
      boolean isTested = Mode.holds(modes, Mode.Kind.TEST, device.device(), now);
      Quarantine.OfDevice unread = kept.get(device.device());
      count(found, device, isTested, unread != null);
      if (is(wanted.state(), device, isTested, unread != null) && found.takes(wanted)) {
        Map<String, Object> json = ProtectionRoutes.json(home, device);
        testing(modes, device.device(), now)
            .ifPresent(mode -> json.put("test_until", mode.until().toString()));
        if (unread != null) {
          json.put("unreadable", unread.records());
        }
        found.page.add(json);
      }
    }
  }

  static Optional<Mode> testing(List<Mode> modes, DeviceId device, Instant now) {
    return modes.stream()
        .filter(mode -> mode.is(Mode.Kind.TEST, device) && mode.holdsAt(now))
        .findFirst();
  }

  private static void count(
      Found found, Protection.OfDevice device, boolean isTested, boolean isUnread) {
    Found.count(found.states, ProtectionRoutes.word(device.state()));
    if (!device.state().isProtecting()) {
      Found.count(found.states, UNPROTECTED);
    }
    if (device.testOverdue() && device.state() != Protection.State.TEST_OVERDUE) {
      Found.count(found.states, ProtectionRoutes.word(Protection.State.TEST_OVERDUE));
    }
    if (device.batteryLow() && device.state() != Protection.State.LOW_BATTERY) {
      Found.count(found.states, ProtectionRoutes.word(Protection.State.LOW_BATTERY));
    }
    if (isTested) {
      Found.count(found.states, TEST_MODE);
    }
    if (isUnread) {
      Found.count(found.states, UNREADABLE);
    }
    Found.count(found.types, device.type());
    Found.count(found.models, device.model());
  }

  private static boolean is(
      String state, Protection.OfDevice device, boolean isTested, boolean isUnread) {
    return switch (state) {
      case "all" -> true;
      case UNPROTECTED -> !device.state().isProtecting();
      case "test_overdue" -> device.testOverdue();
      case "low_battery" -> device.batteryLow();
      case TEST_MODE -> isTested;
      case UNREADABLE -> isUnread;
      case UNREGISTERED -> false;
      default -> ProtectionRoutes.word(device.state()).equals(state);
    };
  }
}
