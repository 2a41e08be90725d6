package io.shouwang.registry;

import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.Finder;
import io.shouwang.model.HomeId;
import io.shouwang.model.Operator;
import io.shouwang.model.Point;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One generation of the registry, whole and checked. Kept as text in byte arrays, so that a city of
 * a million homes takes some hundreds of megabytes; the records it gives are made on asking.
 * Immutable, any thread; every look-up takes constant time.
 */
public final class Registry implements Directory {
  private final String hash;

  /** What it was made of, shared with the generations that are edited out of it. */
  private final Draft draft;

  final RowTable areas;
  final RowTable homes;
  final RowTable elders;
  final RowTable devices;
  final RowTable responders;
  private final Map<String, Operator> operators;
  final int[] areaParent;
  final int[] homeArea;
  private final int[] homeLat;
  private final int[] homeLon;
  private final Map<ElderId, List<Fence>> fences;
  final int[] elderHome;
  final int[] deviceHome;
  final int[] deviceElder;
  private final int[] deviceHub;
  final Groups subAreas;
  final Groups homesOfArea;
  final Groups eldersOfHome;
  private final Groups devicesOfHome;
  private final Groups devicesOfHub;
  final Contacts contacts;
  private final Reach reach;
  final PhoneBook phones;
  private final Holders holders;
  private final RegistryFinder finder;

  /** Takes the draft's tables over: nobody may change them afterwards. */
  Registry(String hash, Draft draft) {
    this(hash, draft, null);
  }

  /**
   * The same, of a draft that was made of another generation's.
   *
   * @param before that generation; what takes long to make is taken over from it
   */
  Registry(String hash, Draft draft, @Nullable Registry before) {
    this.hash = hash;
    this.draft = draft;
    draft.deviceHomeSaid.trimmed();
    areas = draft.areas;
    homes = draft.homes;
    elders = draft.elders;
    devices = draft.devices;
    responders = draft.responders;
    operators = Collections.unmodifiableMap(draft.operators);
    areaParent = draft.areaParent.trimmed();
    homeArea = draft.homeArea.trimmed();
    homeLat = draft.homeLat.trimmed();
    homeLon = draft.homeLon.trimmed();
    draft.fences.replaceAll((_, all) -> List.copyOf(all));
    fences = Collections.unmodifiableMap(draft.fences);
    elderHome = draft.elderHome.trimmed();
    deviceHome = draft.deviceHome.trimmed();
    deviceElder = draft.deviceElder.trimmed();
    deviceHub = draft.deviceHub.trimmed();
    for (RowTable table : List.of(areas, homes, elders, devices, responders)) {
      table.trim();
    }
    subAreas = new Groups(areaParent, draft.areas.rows());
    homesOfArea = new Groups(homeArea, draft.areas.rows());
    eldersOfHome = new Groups(elderHome, draft.homes.rows());
    devicesOfHome = new Groups(deviceHome, draft.homes.rows());
    devicesOfHub = new Groups(deviceHub, draft.devices.rows());
    reach = new Reach(draft);
    contacts = new Contacts(draft);
    phones = before == null ? new PhoneBook(homes, elders) : before.phones.amended(homes, elders);
    List<List<Contact>> topmostDesks = contacts.topmostDesks(topmost().boxed().toList(), subAreas);
    holders = new Holders(areas, homes, elders, areaParent, homeArea, contacts, topmostDesks);
    finder = new RegistryFinder(this);
  }

  /** Finds people and places in this generation. */
  public Finder finder() {
    return finder;
  }

  @Override
  public String hash() {
    return hash;
  }

  /** Not to be changed. */
  Draft draft() {
    return draft;
  }

  /** What the registry says under an id, as rows of an import. */
  public Entry entry(Section section, String id) {
    return new Entries(this).of(section, id);
  }

  int[] contactRows(Section section, int owner) {
    return contacts.rows(section, owner);
  }

  @Override
  public @Nullable Placement placement(DeviceId device) {
    int row = devices.find(device.value());
    return row < 0 ? null : placement(row);
  }

  private Placement placement(int row) {
    return new Placement(
        deviceId(row),
        devices.text(row, Draft.DEVICE_TYPE),
        deviceHome[row] < 0 ? null : homeId(deviceHome[row]),
        deviceElder[row] < 0 ? null : elderId(deviceElder[row]),
        deviceHub[row] < 0 ? null : deviceId(deviceHub[row]),
        devices.text(row, Draft.DEVICE_MODEL));
  }

  @Override
  public @Nullable Home home(HomeId home) {
    int row = homes.find(home.value());
    if (row < 0) {
      int area = holders.area(home);
      return area < 0
          ? null
          : new Home(
              home, areaId(area), areas.text(area, Draft.AREA_NAME), "", "", List.of(), "", null);
    }
    return new Home(
        home,
        areaId(homeArea[row]),
        homes.text(row, Draft.HOME_ADDRESS),
        homes.text(row, Draft.HOME_PHONE),
        homes.text(row, Draft.HOME_ACCESS),
        eldersOf(row),
        homes.text(row, Draft.HOME_BUILDING),
        pointOf(row));
  }

  @Override
  public List<ElderId> elders(HomeId home) {
    int row = homes.find(home.value());
    return row < 0 ? List.of() : eldersOf(row);
  }

  private List<ElderId> eldersOf(int row) {
    ElderId[] ids = new ElderId[eldersOfHome.count(row)];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = elderId(eldersOfHome.member(row, i));
    }
    return List.of(ids);
  }

  @Override
  public @Nullable Point pointOf(HomeId home) {
    int row = homes.find(home.value());
    return row < 0 ? null : pointOf(row);
  }

  private @Nullable Point pointOf(int row) {
    return homeLat[row] == Draft.NOWHERE
        ? null
        : new Point(homeLat[row] / Draft.DEGREE, homeLon[row] / Draft.DEGREE);
  }

  @Override
  public Set<String> categories(ElderId elder) {
    int row = elders.find(elder.value());
    return row < 0 ? Set.of() : categories(elders.text(row, Draft.ELDER_CATEGORY));
  }

  @Override
  public @Nullable Elder elder(ElderId elder) {
    int row = elders.find(elder.value());
    if (row < 0) {
      return null;
    }
    String birthYear = elders.text(row, Draft.ELDER_BIRTH_YEAR);
    return new Elder(
        elder,
        homeId(elderHome[row]),
        elders.text(row, Draft.ELDER_NAME),
        birthYear.isEmpty() ? null : Integer.valueOf(birthYear),
        elders.text(row, Draft.ELDER_PHONE),
        elders.text(row, Draft.ELDER_NOTES),
        categories(elders.text(row, Draft.ELDER_CATEGORY)),
        elders.text(row, Draft.ELDER_ABILITY));
  }

  private static Set<String> categories(String words) {
    return words.isEmpty() ? Set.of() : Set.of(words.split(" "));
  }

  @Override
  public List<Placement> devices(HomeId home) {
    int row = homes.find(home.value());
    if (row < 0) {
      return List.of();
    }
    List<Placement> placements = new ArrayList<>(devicesOfHome.count(row));
    for (int i = 0; i < devicesOfHome.count(row); i++) {
      placements.add(placement(devicesOfHome.member(row, i)));
    }
    return List.copyOf(placements);
  }

  @Override
  public List<Fence> fences(ElderId elder) {
    return fences.getOrDefault(elder, List.of());
  }

  @Override
  public @Nullable Responder responder(ResponderId responder) {
    int row = responders.find(responder.value());
    if (row < 0) {
      return reach.elderAsResponder(responder);
    }
    return new Responder(
        responder,
        responders.text(row, Draft.RESPONDER_NAME),
        responders.text(row, Draft.RESPONDER_PHONE),
        responders.text(row, Draft.RESPONDER_LANGUAGE));
  }

  @Override
  public List<CallerAt> callers(String number) {
    List<CallerAt> callers = new ArrayList<>();
    phones.homes(number).forEach(row -> callers.add(new CallerAt(homeId(row), null)));
    phones
        .elders(number)
        .forEach(row -> callers.add(new CallerAt(homeId(elderHome[row]), elderId(row))));
    return List.copyOf(callers);
  }

  @Override
  public String dialable(String text) {
    return PhoneNumber.comparable(text);
  }

  @Override
  public List<AreaId> areaPath(AreaId area) {
    List<AreaId> path = new ArrayList<>();
    for (int at = areas.find(area.value()); at >= 0; at = areaParent[at]) {
      path.add(areaId(at));
    }
    return path;
  }

  @Override
  public Set<Role> roles() {
    return Set.copyOf(contacts.roles());
  }

  @Override
  public Set<Role> roles(HomeId home, ElderId elder, ResponderId responder) {
    Set<Role> held = new HashSet<>();
    for (Role role : contacts.roles()) {
      boolean isDesk = role.equals(Role.DUTY_DESK);
      List<List<Contact>> holders =
          isDesk ? desks(home) : List.of(contacts(home, Set.of(elder), role));
      if (holders.stream().flatMap(List::stream).anyMatch(c -> c.responder().equals(responder))) {
        held.add(role);
      }
    }
    return Set.copyOf(held);
  }

  @Override
  public List<Contact> contacts(HomeId home, Set<ElderId> forElders, Role role, Instant at) {
    return role.equals(Role.ELDER)
        ? reach.callable(forElders)
        : holders.found(home, forElders, role, at);
  }

  /** Whoever holds the role at any time. */
  public List<Contact> contacts(HomeId home, Set<ElderId> forElders, Role role) {
    return role.equals(Role.ELDER)
        ? reach.callable(forElders)
        : holders.found(home, forElders, role, null);
  }

  @Override
  public List<Way> ways(ResponderId responder) {
    return reach.ways(responder);
  }

  @Override
  public boolean isQuiet(ResponderId responder, Instant at) {
    return reach.isQuiet(responder, at);
  }

  @Override
  public List<List<Contact>> desks(HomeId home, Instant at) {
    return holders.desks(home, at);
  }

  /** The desks at any time. */
  public List<List<Contact>> desks(HomeId home) {
    return holders.desks(home, null);
  }

  /** How many homes of the area itself no duty desk answers for. */
  int homesWithoutDesk(int area) {
    return contacts.isDeskAbove(area, areaParent) ? 0 : homesOfArea.count(area);
  }

  /** The devices that stand in a home, in the registry's order. */
  public List<DeviceId> devicesOf(HomeId home) {
    int row = homes.find(home.value());
    return row < 0 ? List.of() : ids(devicesOfHome, row);
  }

  /** The devices that speak through a hub, in the registry's order. */
  public List<DeviceId> childrenOf(DeviceId hub) {
    int row = devices.find(hub.value());
    return row < 0 ? List.of() : ids(devicesOfHub, row);
  }

  private List<DeviceId> ids(Groups groups, int owner) {
    return IntStream.range(0, groups.count(owner))
        .mapToObj(i -> deviceId(groups.member(owner, i)))
        .toList();
  }

  /** The homes of an area and of all areas below it. */
  public Stream<HomeId> homesIn(AreaId area) {
    int row = areas.find(area.value());
    return row < 0 ? Stream.empty() : homesBelow(row).mapToObj(this::homeId);
  }

  private IntStream homesBelow(int area) {
    return IntStream.concat(
        IntStream.range(0, homesOfArea.count(area)).map(i -> homesOfArea.member(area, i)),
        IntStream.range(0, subAreas.count(area))
            .flatMap(i -> homesBelow(subAreas.member(area, i))));
  }

  /** Whether a home lies in an area or below it. False for a home that isn't registered. */
  public boolean isIn(HomeId home, AreaId area) {
    int wanted = areas.find(area.value());
    for (int at = holders.area(home); at >= 0; at = areaParent[at]) {
      if (at == wanted) {
        return true;
      }
    }
    return false;
  }

  /** The areas with none above them. */
  public List<AreaId> topmostAreas() {
    return topmost().mapToObj(this::areaId).toList();
  }

  private IntStream topmost() {
    return IntStream.range(0, areaParent.length)
        .filter(row -> areaParent[row] < 0 && !areas.isRemoved(row));
  }

  /** An area's name; empty when it isn't registered. */
  public String areaName(AreaId area) {
    int row = areas.find(area.value());
    return row < 0 ? "" : areas.text(row, Draft.AREA_NAME);
  }

  /** An area's level, such as {@code street}; empty when not said. */
  public String areaLevel(AreaId area) {
    int row = areas.find(area.value());
    return row < 0 ? "" : areas.text(row, Draft.AREA_LEVEL);
  }

  /** An operator; null when not registered. */
  public @Nullable Operator operator(String id) {
    return operators.get(id);
  }

  public Collection<Operator> operators() {
    return operators.values();
  }

  /** Gives the id of everyone who logs in: devices, then responders, then operators. */
  public void eachLogin(Consumer<String> id) {
    for (RowTable table : List.of(devices, responders)) {
      for (int row = 0; row < table.rows(); row++) {
        if (!table.isRemoved(row)) {
          id.accept(table.id(row));
        }
      }
    }
    operators.keySet().forEach(id);
  }

  @Override
  public void eachHome(AreaId area, Consumer<HomeId> found) {
    homesIn(area).forEach(found);
  }

  @Override
  public void eachHome(Consumer<HomeId> id) {
    for (int row = 0; row < homes.rows(); row++) {
      if (!homes.isRemoved(row)) {
        id.accept(homeId(row));
      }
    }
  }

  @Override
  public void eachArea(Consumer<Area> area) {
    for (int row = 0; row < areas.rows(); row++) {
      if (areas.isRemoved(row)) {
        continue;
      }
      AreaId above = areaParent[row] < 0 ? null : areaId(areaParent[row]);
      AreaId id = areaId(row);
      area.accept(new Area(id, above, areaName(id), areaLevel(id)));
    }
  }

  /** Gives each device that belongs to no home. */
  public void eachHomelessDevice(Consumer<DeviceId> id) {
    for (int row = 0; row < deviceHome.length; row++) {
      if (deviceHome[row] < 0 && !devices.isRemoved(row)) {
        id.accept(deviceId(row));
      }
    }
  }

  /** How many of each there are. */
  public RegistryCounts counts() {
    return new RegistryCounts(
        areas.size(),
        homes.size(),
        elders.size(),
        devices.size(),
        responders.size(),
        contacts.size(),
        operators.size(),
        fences.values().stream().mapToInt(List::size).sum());
  }

  private AreaId areaId(int row) {
    return new AreaId(areas.id(row));
  }

  private HomeId homeId(int row) {
    return new HomeId(homes.id(row));
  }

  private ElderId elderId(int row) {
    return new ElderId(elders.id(row));
  }

  private DeviceId deviceId(int row) {
    return new DeviceId(devices.id(row));
  }
}
