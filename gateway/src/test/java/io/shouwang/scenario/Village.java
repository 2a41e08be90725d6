package io.shouwang.scenario;

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
import io.shouwang.model.Kind;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.rules.DeviceSettings;
import io.shouwang.rules.DutyRule;
import io.shouwang.rules.DutySettings;
import io.shouwang.rules.InactivitySettings;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small registry in memory, an immutable generation like the real one. Two old people share the
 * Lins' home, with a hub; Mr Zhou lives where nobody is near; three levels have a desk.
 */
record Village(
    Map<DeviceId, Placement> devices,
    Map<HomeId, Home> homes,
    Map<String, List<Contact>> named,
    List<List<Contact>> deskLevels,
    Habits habits)
    implements Directory {

  /**
   * How people are reached, and when not.
   *
   * @param ways of those who have others than MQTT
   * @param quiet when nothing but an alarm may ring them
   * @param shifts who is on call from when, by whose and role; the latest that has begun
   */
  record Habits(
      Map<ResponderId, List<Way>> ways,
      Map<ResponderId, Ladders.Hours> quiet,
      Map<String, NavigableMap<Instant, List<Contact>>> shifts) {
    static final Habits NONE = new Habits(Map.of(), Map.of(), Map.of());
  }

  Village(
      Map<DeviceId, Placement> devices,
      Map<HomeId, Home> homes,
      Map<String, List<Contact>> named,
      List<List<Contact>> deskLevels) {
    this(devices, homes, named, deskLevels, Habits.NONE);
  }

  static final HomeId LINS = new HomeId("h-lin");
  static final HomeId ZHOUS = new HomeId("h-zhou");
  static final ElderId MRS_LIN = new ElderId("e-lin");
  static final ElderId MR_LIN = new ElderId("e-lin-sr");
  static final ElderId MR_ZHOU = new ElderId("e-zhou");

  /** Mrs Lin is to be contacted three times a week, everybody once a month. */
  private static final Map<ElderId, Elder> ELDERS =
      Map.of(
          MRS_LIN,
          new Elder(MRS_LIN, LINS, "", 1938, "", "", Set.of("living_alone"), "mostly_able"),
          MR_LIN,
          new Elder(MR_LIN, LINS, "", 1936, "", "", Set.of("over_80"), "dependent"),
          MR_ZHOU,
          new Elder(MR_ZHOU, ZHOUS, "", 1950, "", "", Set.of(), "able"));

  static final Role RELATIVE = new Role("relative");
  static final Role NEIGHBOUR = new Role("neighbour");
  static final Role GRID_WORKER = new Role("grid_worker");
  static final Role VOLUNTEER = new Role("volunteer");
  static final Role RESCUE_TEAM = new Role("rescue_team");

  /** Relatives, then the neighbour, then the grid worker and volunteers, at last the rescue. */
  static final Ladder USUAL =
      new Ladder(
          "usual",
          List.of(
              new Rung(Duration.ZERO, List.of(RELATIVE)),
              new Rung(Duration.ofSeconds(30), List.of(NEIGHBOUR)),
              new Rung(Duration.ofSeconds(90), List.of(GRID_WORKER, VOLUNTEER)),
              new Rung(Duration.ofSeconds(200), List.of(RESCUE_TEAM))));

  static final Ladder FAULTS =
      new Ladder(
          "faults",
          List.of(
              new Rung(Duration.ZERO, List.of(RELATIVE)),
              new Rung(Duration.ofMinutes(2), List.of(GRID_WORKER)),
              new Rung(Duration.ofMinutes(5), List.of(Role.DUTY_DESK))));

  /** Nobody minds that a home or a device falls silent, unless the story is about that. */
  static final Limits QUIET = quiet(Limits.STANDARD);

  private static Limits quiet(Limits limits) {
    InactivitySettings silence = limits.inactivity();
    DeviceSettings usual = limits.devices();
    return limits
        .withInactivity(
            new InactivitySettings(
                false,
                silence.withoutMotion(),
                silence.wakingFrom(),
                silence.wakingTo(),
                silence.wakingLimit(),
                silence.anyTimeLimit(),
                silence.cameHomeLimit(),
                silence.outLimit(),
                silence.personal(),
                silence.falseAlarmsPerMonth(),
                silence.daysMinimum(),
                silence.personalLeast()))
        .withDevices(
            new DeviceSettings(
                false,
                usual.reportsEvery(),
                usual.reportsEveryOfModel(),
                usual.reportsEveryElse(),
                usual.missed(),
                usual.offlineDwell(),
                usual.offlineDwellElse(),
                usual.batteryLowPct(),
                usual.batteryFinePct(),
                usual.notWornAfter(),
                usual.wakingFrom(),
                usual.wakingTo(),
                usual.testEvery(),
                usual.localModels(),
                usual.ringOffline(),
                usual.ringBattery(),
                usual.ringNotWorn(),
                usual.ringTestOverdue()));
  }

  /** For duties: no hurry, and the desk only at the end of the working day. */
  static final Ladder CARE =
      new Ladder(
          "care",
          List.of(
              new Rung(Duration.ZERO, List.of(GRID_WORKER)),
              new Rung(Duration.ofHours(8), List.of(Role.DUTY_DESK))));

  /** Every minute, upwards after three. */
  static final DutyDesk DESK = new DutyDesk(Duration.ofMinutes(1), Duration.ofMinutes(3));

  static Village inPeace() {
    return new Village(
        placed(
            new Placement(new DeviceId("lin-button"), "button", LINS, MRS_LIN, null, ""),
            new Placement(new DeviceId("lin-band"), "bracelet", LINS, MRS_LIN, null, ""),
            new Placement(new DeviceId("lin-sr-button"), "button", LINS, MR_LIN, null, ""),
            new Placement(new DeviceId("hall-button"), "button", LINS, null, null, ""),
            new Placement(new DeviceId("lin-smoke"), "smoke", LINS, null, null, ""),
            new Placement(new DeviceId("lin-hub"), "hub", LINS, null, null, ""),
            new Placement(
                new DeviceId("bath-button"), "button", LINS, MRS_LIN, new DeviceId("lin-hub"), ""),
            new Placement(new DeviceId("zhou-button"), "button", ZHOUS, MR_ZHOU, null, "")),
        Map.of(
            LINS,
            new Home(LINS, new AreaId("grid-7"), "", "", "", List.of(MRS_LIN, MR_LIN), "", null),
            ZHOUS,
            new Home(ZHOUS, new AreaId("island"), "", "", "", List.of(MR_ZHOU), "", null)),
        Map.of(
            "e-lin relative",
            List.of(contact("daughter", RELATIVE), contact("son", RELATIVE)),
            "e-lin-sr relative",
            List.of(contact("daughter", RELATIVE)),
            "h-lin neighbour",
            List.of(contact("neighbour", NEIGHBOUR)),
            "grid-7 grid_worker",
            List.of(contact("grid worker", GRID_WORKER)),
            "grid-7 rescue_team",
            List.of(contact("rescuers", RESCUE_TEAM))),
        List.of(
            List.of(contact("town desk", Role.DUTY_DESK)),
            List.of(contact("county desk", Role.DUTY_DESK)),
            List.of(contact("city desk", Role.DUTY_DESK))));
  }

  World world() {
    return world(RuleSettings.STANDARD);
  }

  World world(RuleSettings settings) {
    return world(settings, QUIET);
  }

  World world(RuleSettings settings, Limits limits) {
    Map<Kind, Ladder> ladders =
        Map.of(Kind.SOS, USUAL, Kind.FALL, USUAL, Kind.SMOKE, USUAL, Kind.GAS, USUAL);
    return new World(
        this,
        new RuleBook(settings, LimitsBook.of(ZoneOffset.UTC, limits), RuleBook.builtIn()),
        new Ladders(ladders, FAULTS, DESK));
  }

  /** Where these contacts are owed, and nobody minds the silence. */
  World world(DutySettings duties) {
    RuleBook rules =
        new RuleBook(
            RuleSettings.STANDARD,
            LimitsBook.of(ZoneOffset.UTC, QUIET.withDuties(duties)),
            List.of(new DutyRule()));
    return new World(this, rules, new Ladders(Map.of(DutyRule.OVERDUE, CARE), FAULTS, DESK));
  }

  /** The usual settings, but for how long a promise may be. */
  static RuleSettings withEtaCap(int minutes) {
    RuleSettings usual = RuleSettings.STANDARD;
    return new RuleSettings(
        usual.ringAgainAfter(),
        usual.lateAfter(),
        usual.futureTolerance(),
        usual.sameEventWindow(),
        Duration.ofMinutes(minutes),
        Duration.ofMinutes(minutes),
        usual.arrivalGrace(),
        usual.arrivedLimit(),
        usual.deskHold(),
        usual.downExpiry(),
        usual.ringExpiry());
  }

  /** This generation with other holders of a role for an elder, a home or an area. */
  Village with(String whose, Role role, String... people) {
    Map<String, List<Contact>> changed = new LinkedHashMap<>(named);
    List<Contact> contacts = new ArrayList<>();
    for (String person : people) {
      contacts.add(contact(person, role));
    }
    changed.put(whose + " " + role, List.copyOf(contacts));
    return new Village(devices, homes, Map.copyOf(changed), deskLevels, habits);
  }

  /** This generation with other desks, a level each, nearest first. */
  Village withDesks(String... desks) {
    List<List<Contact>> levels = new ArrayList<>();
    for (String desk : desks) {
      levels.add(desk.isEmpty() ? List.of() : List.of(contact(desk, Role.DUTY_DESK)));
    }
    return new Village(devices, homes, named, List.copyOf(levels), habits);
  }

  /** This generation with one device more, or another in its place. */
  Village with(Placement placement) {
    Map<DeviceId, Placement> changed = new LinkedHashMap<>(devices);
    changed.put(placement.device(), placement);
    return new Village(Map.copyOf(changed), homes, named, deskLevels, habits);
  }

  /** This generation without a device. */
  Village without(DeviceId device) {
    Map<DeviceId, Placement> left = new LinkedHashMap<>(devices);
    left.remove(device);
    return new Village(Map.copyOf(left), homes, named, deskLevels, habits);
  }

  /** This generation without a home and all that is in it. */
  Village without(HomeId home) {
    Map<DeviceId, Placement> left = new LinkedHashMap<>(devices);
    left.values().removeIf(placement -> home.equals(placement.home()));
    Map<HomeId, Home> others = new LinkedHashMap<>(homes);
    others.remove(home);
    return new Village(Map.copyOf(left), Map.copyOf(others), named, deskLevels, habits);
  }

  /** {@code "mqtt 0", "sms 40", "call 60"}: this generation with these ways of a person's. */
  Village reachedBy(String person, boolean verified, String... steps) {
    Map<ResponderId, List<Way>> ways = new LinkedHashMap<>(habits.ways());
    List<Way> its = new ArrayList<>();
    for (String step : steps) {
      String[] parts = step.split(" ", -1);
      Duration after = Duration.ofSeconds(Long.parseLong(parts[1]));
      its.add(new Way(parts[0], "+86138", after, verified));
    }
    ways.put(id(person), List.copyOf(its));
    return new Village(
        devices, homes, named, deskLevels, new Habits(ways, habits.quiet(), habits.shifts()));
  }

  /** This generation with quiet hours of a person's. */
  Village quiet(String person, String from, String to) {
    Map<ResponderId, Ladders.Hours> quiet = new LinkedHashMap<>(habits.quiet());
    quiet.put(id(person), new Ladders.Hours(LocalTime.parse(from), LocalTime.parse(to)));
    return new Village(
        devices, homes, named, deskLevels, new Habits(habits.ways(), quiet, habits.shifts()));
  }

  /** This generation in which somebody is on call from a moment; nobody for an empty name. */
  Village onCall(String whose, Role role, Instant from, String person) {
    Map<String, NavigableMap<Instant, List<Contact>>> shifts = new LinkedHashMap<>(habits.shifts());
    NavigableMap<Instant, List<Contact>> its =
        new TreeMap<>(shifts.getOrDefault(whose + " " + role, new TreeMap<>()));
    its.put(from, person.isEmpty() ? List.of() : List.of(contact(person, role)));
    shifts.put(whose + " " + role, its);
    return new Village(
        devices, homes, named, deskLevels, new Habits(habits.ways(), habits.quiet(), shifts));
  }

  @Override
  public List<Way> ways(ResponderId responder) {
    return habits.ways().getOrDefault(responder, List.of(Way.MQTT));
  }

  @Override
  public boolean isQuiet(ResponderId responder, Instant at) {
    Ladders.Hours hours = habits.quiet().get(responder);
    return hours != null && hours.contain(at.atZone(ZoneOffset.UTC).toLocalTime());
  }

  static ResponderId id(String person) {
    return new ResponderId(person.replace(' ', '-'));
  }

  private static Contact contact(String person, Role role) {
    return new Contact(id(person), role, person);
  }

  private static Map<DeviceId, Placement> placed(Placement... all) {
    Map<DeviceId, Placement> byDevice = new LinkedHashMap<>();
    for (Placement placement : all) {
      byDevice.put(placement.device(), placement);
    }
    return byDevice;
  }

  @Override
  public String hash() {
    return "00";
  }

  @Override
  public @Nullable Placement placement(DeviceId device) {
    return devices.get(device);
  }

  @Override
  public @Nullable Home home(HomeId home) {
    return homes.get(home);
  }

  @Override
  public @Nullable Elder elder(ElderId elder) {
    return ELDERS.get(elder);
  }

  @Override
  public @Nullable Responder responder(ResponderId responder) {
    return null;
  }

  @Override
  public List<AreaId> areaPath(AreaId area) {
    return List.of(area);
  }

  @Override
  public List<Contact> contacts(HomeId home, Set<ElderId> elders, Role role, Instant at) {
    Home card = homes.get(home);
    if (card == null) {
      return List.of();
    }
    Map<ResponderId, Contact> found = new LinkedHashMap<>();
    for (ElderId elder : card.elders()) {
      if (elders.contains(elder)) {
        of(elder.value(), role, at).forEach(c -> found.putIfAbsent(c.responder(), c));
      }
    }
    of(home.value(), role, at).forEach(c -> found.putIfAbsent(c.responder(), c));
    return found.isEmpty() ? of(card.area().value(), role, at) : List.copyOf(found.values());
  }

  private List<Contact> of(String whose, Role role, Instant at) {
    NavigableMap<Instant, List<Contact>> shifts = habits.shifts().get(whose + " " + role);
    if (shifts != null) {
      Map.Entry<Instant, List<Contact>> begun = shifts.floorEntry(at);
      return begun == null ? List.of() : begun.getValue();
    }
    return named.getOrDefault(whose + " " + role, List.of());
  }

  @Override
  public Set<Role> roles(HomeId home, ElderId elder, ResponderId responder) {
    Set<Role> held = new HashSet<>();
    for (Role role : List.of(RELATIVE, NEIGHBOUR, GRID_WORKER, VOLUNTEER, RESCUE_TEAM)) {
      if (contacts(home, Set.of(elder), role, Instant.EPOCH).stream()
          .anyMatch(contact -> contact.responder().equals(responder))) {
        held.add(role);
      }
    }
    return Set.copyOf(held);
  }

  @Override
  public List<List<Contact>> desks(HomeId home, Instant at) {
    boolean known = homes.containsKey(home);
    return known || deskLevels.isEmpty() ? deskLevels : List.of(deskLevels.getLast());
  }

  @Override
  public List<Placement> devices(HomeId home) {
    return devices.values().stream()
        .filter(placement -> home.equals(placement.home()))
        .sorted(Comparator.comparing(Placement::device))
        .toList();
  }

  @Override
  public List<Fence> fences(ElderId elder) {
    return List.of();
  }

  @Override
  public void eachHome(Consumer<HomeId> home) {
    homes.keySet().stream().sorted().forEach(home);
  }
}
