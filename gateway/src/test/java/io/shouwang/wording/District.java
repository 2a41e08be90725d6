package io.shouwang.wording;

import io.shouwang.alerts.DutyDesk;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.World;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.HomeId;
import io.shouwang.model.Point;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small district: city over east and west; in the east's grid home h-001 with two elders and a
 * hub, in the west home h-002.
 */
public final class District implements Directory {
  public static final AreaId CITY = new AreaId("city");
  public static final AreaId EAST = new AreaId("east");
  public static final AreaId GRID = new AreaId("grid-1");
  public static final AreaId WEST = new AreaId("west");
  public static final HomeId HOME = new HomeId("h-001");
  public static final ElderId ELDER = new ElderId("e-001");
  public static final Role RELATIVE = new Role("relative");
  public static final Role GRID_WORKER = new Role("grid_worker");
  public static final Role VOLUNTEER = new Role("volunteer");

  private static final Map<String, Placement> DEVICES =
      Map.of(
          "sos-1", placement("sos-1", "button", "h-001", "e-001", null),
          "band-1", placement("band-1", "bracelet", "h-001", "e-001", null),
          "band-2", placement("band-2", "bracelet", "h-001", "e-002", null),
          "smoke-1", placement("smoke-1", "smoke", "h-001", null, null),
          "hub-1", placement("hub-1", "hub", "h-001", null, null),
          "child-1", placement("child-1", "button", "h-001", "e-001", "hub-1"),
          "sos-2", placement("sos-2", "button", "h-002", "e-003", null));

  private static final Map<String, Responder> RESPONDERS =
      Map.of(
          "daughter", new Responder(new ResponderId("daughter"), "王小燕", "13800000001", "zh"),
          "worker", new Responder(new ResponderId("worker"), "李建国", "13800000002", "zh"),
          "desk", new Responder(new ResponderId("desk"), "东区值班台", "12349", "zh"),
          "son", new Responder(new ResponderId("son"), "赵强", "13800000003", "zh"));

  /** The ladder of these tests: relative at once, grid worker and volunteer after a minute. */
  public static World world(Directory directory) {
    Ladder ladder =
        new Ladder(
            "usual",
            List.of(
                new Rung(Duration.ZERO, List.of(RELATIVE)),
                new Rung(Duration.ofSeconds(60), List.of(GRID_WORKER, VOLUNTEER))));
    return new World(
        directory,
        RuleBook.of(RuleSettings.STANDARD),
        new Ladders(
            Map.of(), ladder, new DutyDesk(Duration.ofSeconds(60), Duration.ofSeconds(180))));
  }

  private static Placement placement(
      String device, String type, String home, @Nullable String elder, @Nullable String hub) {
    return new Placement(
        new DeviceId(device),
        type,
        new HomeId(home),
        elder == null ? null : new ElderId(elder),
        hub == null ? null : new DeviceId(hub),
        "");
  }

  /** What every free text of this registry ends with: something hostile, say. */
  public volatile String ending = "";

  /** Where h-001 lies; null when that isn't said. */
  public volatile @Nullable Point at;

  /** The fences around e-001. */
  public volatile List<Fence> fences = List.of();

  @Override
  public String hash() {
    return "00";
  }

  @Override
  public @Nullable Placement placement(DeviceId device) {
    return DEVICES.get(device.value());
  }

  @Override
  public @Nullable Home home(HomeId home) {
    return switch (home.value()) {
      case "h-001" ->
          new Home(
              home,
              GRID,
              "东区幸福里 3 幢 201 室" + ending,
              "0513-85000001" + ending,
              "钥匙盒在门左侧" + ending,
              List.of(ELDER, new ElderId("e-002")),
              "",
              at);
      case "h-002" ->
          new Home(
              home,
              WEST,
              "西区平安路 8 号",
              "0513-85000002",
              "",
              List.of(new ElderId("e-003")),
              "",
              null);
      default -> null;
    };
  }

  @Override
  public @Nullable Elder elder(ElderId elder) {
    return switch (elder.value()) {
      case "e-001" ->
          new Elder(
              elder,
              HOME,
              "王秀英" + ending,
              1941,
              ending,
              "独居" + ending,
              Set.of("living_alone"),
              "partly_dependent" + ending);
      case "e-002" -> new Elder(elder, HOME, "王德福", null, "", "", Set.of(), "");
      case "e-003" ->
          new Elder(elder, new HomeId("h-002"), "赵桂兰", 1938, "", "", Set.of("over_80"), "able");
      default -> null;
    };
  }

  @Override
  public @Nullable Responder responder(ResponderId responder) {
    Responder known = RESPONDERS.get(responder.value());
    return known == null || ending.isEmpty()
        ? known
        : new Responder(responder, known.name() + ending, known.phone() + ending, known.language());
  }

  @Override
  public List<AreaId> areaPath(AreaId area) {
    return switch (area.value()) {
      case "city" -> List.of(CITY);
      case "east" -> List.of(EAST, CITY);
      case "west" -> List.of(WEST, CITY);
      case "grid-1" -> List.of(GRID, EAST, CITY);
      default -> List.of();
    };
  }

  @Override
  public void eachArea(Consumer<Area> area) {
    area.accept(new Area(CITY, null, "云锦市" + ending, "city"));
    area.accept(new Area(EAST, CITY, "东区" + ending, "street"));
    area.accept(new Area(GRID, EAST, "东一网格" + ending, "grid"));
    area.accept(new Area(WEST, CITY, "西区" + ending, "street"));
  }

  @Override
  public List<Contact> contacts(HomeId home, Set<ElderId> elders, Role role, Instant at) {
    List<Contact> contacts = new ArrayList<>();
    boolean isEast = home.equals(HOME);
    if (role.equals(RELATIVE)) {
      contacts.add(
          isEast
              ? new Contact(new ResponderId("daughter"), role, "女儿")
              : new Contact(new ResponderId("son"), role, "儿子"));
    }
    if (role.equals(GRID_WORKER) && isEast) {
      contacts.add(new Contact(new ResponderId("worker"), role, role.value()));
    }
    return contacts;
  }

  @Override
  public Set<Role> roles() {
    return Set.of(RELATIVE, GRID_WORKER, Role.DUTY_DESK);
  }

  /** Both homes share one number beside their own. */
  @Override
  public List<CallerAt> callers(String number) {
    return switch (dialable(number)) {
      case "051385000001" -> List.of(new CallerAt(HOME, null));
      case "051385000002" -> List.of(new CallerAt(new HomeId("h-002"), null));
      case "051385000009" ->
          List.of(new CallerAt(HOME, null), new CallerAt(new HomeId("h-002"), null));
      default -> List.of();
    };
  }

  @Override
  public String dialable(String text) {
    String digits = text.replaceAll("[ +-]", "");
    return digits.matches("[0-9]{5,15}") ? digits : "";
  }

  @Override
  public Set<Role> roles(HomeId home, ElderId elder, ResponderId responder) {
    Set<Role> held = new HashSet<>();
    for (Role role : List.of(RELATIVE, GRID_WORKER)) {
      if (contacts(home, Set.of(elder), role, Instant.EPOCH).stream()
          .anyMatch(contact -> contact.responder().equals(responder))) {
        held.add(role);
      }
    }
    return Set.copyOf(held);
  }

  @Override
  public List<List<Contact>> desks(HomeId home, Instant at) {
    return List.of(
        List.of(new Contact(new ResponderId("desk"), Role.DUTY_DESK, Role.DUTY_DESK.value())));
  }

  @Override
  public List<Placement> devices(HomeId home) {
    return DEVICES.values().stream()
        .filter(placement -> home.equals(placement.home()))
        .sorted(Comparator.comparing(Placement::device))
        .toList();
  }

  @Override
  public List<Fence> fences(ElderId elder) {
    return elder.equals(ELDER) ? fences : List.of();
  }

  @Override
  public void eachHome(Consumer<HomeId> home) {
    home.accept(HOME);
    home.accept(new HomeId("h-002"));
  }
}
