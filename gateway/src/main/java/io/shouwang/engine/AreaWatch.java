package io.shouwang.engine;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Subject;
import io.shouwang.alerts.World;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.rules.AreaSettings;
import io.shouwang.rules.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees what is raised in all homes, and says when many at once are one incident: the one thing that
 * crosses homes, so it is kept out of theirs. It is told of an alert after its first notification
 * went out, and changes nothing about it. The engine's thread only.
 *
 * <p>Bounded: of a place at most {@link #HOMES_MAX} homes are remembered, of places {@link
 * #PLACES_MAX}, the one longest quiet giving way.
 */
final class AreaWatch {
  static final int PLACES_MAX = 10_000;
  static final int HOMES_MAX = 10_000;
  private static final int NAMED_MAX = 20;
  private static final Kind OFFLINE = new Kind("device_offline");

  private record Place(Input.Incident what, String name, AreaId area) {}

  /** Since when each home of a place has been in trouble, and how many were told of last. */
  private static final class Group {
    final Map<HomeId, Instant> homes = new LinkedHashMap<>();
    int told;
  }

  private final Map<Place, Group> groups = new LinkedHashMap<>(16, 0.75f, true);

  /** What was open when the process started counts on. */
  void remember(Home home, World world) {
    for (Alert alert : home.alerts()) {
      if (alert.isOpen() && !alert.marks().exercise()) {
        Subject subject = alert.subject();
        List<Evidence> evidence = alert.evidence();
        Evidence first = evidence.isEmpty() ? null : evidence.getFirst();
        DeviceId device = deviceOf(subject, first);
        see(home.id(), alert.kind(), device, alert.raisedAt(), world.directory(), settings(world));
      }
    }
    groups.values().forEach(group -> group.told = group.homes.size());
  }

  private static AreaSettings settings(World world) {
    return world.rules().limits().city().area();
  }

  /** What follows from the alerts that a batch raised. */
  List<Input.IncidentNoticed> see(List<Batch.Raised> all, Instant now, World world) {
    return all.stream()
        .flatMap(raised ->
            see(raised.home(), raised.facts(), now, world.directory(), settings(world)).stream())
        .toList();
  }

  /** What follows from the facts of one decision. */
  List<Input.IncidentNoticed> see(
      HomeId home, List<Fact> facts, Instant now, Directory directory, AreaSettings settings) {
    List<Input.IncidentNoticed> incidents = List.of();
    for (Fact fact : facts) {
      if (fact instanceof Fact.Raised raised && !raised.marks().exercise() && settings.enabled()) {
        DeviceId device = deviceOf(raised.subject(), raised.evidence());
        List<Input.IncidentNoticed> found =
            see(home, raised.kind(), device, now, directory, settings);
        if (!found.isEmpty()) {
          incidents = new ArrayList<>(incidents);
          incidents.addAll(found);
        }
      }
    }
    return incidents;
  }

  /** The device that an alert is about, or that raised it; null if none did. */
  private static @Nullable DeviceId deviceOf(Subject subject, @Nullable Evidence evidence) {
    if (subject instanceof Subject.OfDevice(DeviceId device)) {
      return device;
    }
    return evidence == null ? null : evidence.device();
  }

  private List<Input.IncidentNoticed> see(
      HomeId home,
      Kind kind,
      @Nullable DeviceId device,
      Instant at,
      Directory directory,
      AreaSettings settings) {
    return Stream.of(
            Optional.ofNullable(place(home, kind, directory)),
            Optional.ofNullable(model(home, kind, device, directory)))
        .flatMap(Optional::stream)
        .flatMap(place -> see(place, home, at, settings).stream())
        .toList();
  }

  private Optional<Input.IncidentNoticed> see(
      Place place, HomeId home, Instant at, AreaSettings settings) {
    Duration window =
        switch (place.what()) {
          case FIRE -> settings.fireWindow();
          case OUTAGE -> settings.outageWindow();
          case MODEL -> settings.modelWindow();
        };
    int enough =
        switch (place.what()) {
          case FIRE -> settings.fireHomes();
          case OUTAGE -> settings.outageHomes();
          case MODEL -> settings.modelHomes();
        };
    Group group = groups.computeIfAbsent(place, _ -> new Group());
    group.homes.values().removeIf(since -> since.isBefore(at.minus(window)));
    if (group.homes.isEmpty()) {
      group.told = 0;
    }
    if (group.homes.size() < HOMES_MAX) {
      group.homes.putIfAbsent(home, at);
    }
    forgetOne();
    int count = group.homes.size();
    if (count < enough || count < worthTelling(group.told)) {
      return Optional.empty();
    }
    group.told = count;
    return Optional.of(
        new Input.IncidentNoticed(
            place.what(),
            place.area(),
            place.name(),
            count,
            group.homes.values().iterator().next(),
            group.homes.keySet().stream().limit(NAMED_MAX).toList()));
  }

  /**
   * One more up to five, then by halves: a street of a thousand homes is not told a thousand times.
   */
  private static int worthTelling(int told) {
    return told < 5 ? told + 1 : told + told / 2;
  }

  private static @Nullable Place place(HomeId home, Kind kind, Directory directory) {
    boolean fire = kind.equals(Kind.SMOKE) || kind.equals(Kind.GAS);
    if (!fire && !kind.equals(OFFLINE)) {
      return null;
    }
    Directory.Home card = directory.home(home);
    if (card == null || home.isStandIn()) {
      return null;
    }
    if (!fire) {
      return new Place(Input.Incident.OUTAGE, card.area().value(), card.area());
    }
    return card.building().isEmpty()
        ? null
        : new Place(Input.Incident.FIRE, card.building(), card.area());
  }

  /** A model's devices are all over the city: its incident is the topmost area's. */
  private static @Nullable Place model(
      HomeId home, Kind kind, @Nullable DeviceId device, Directory directory) {
    Directory.Placement placement = device == null ? null : directory.placement(device);
    Directory.Home card = directory.home(home);
    if (placement == null || placement.model().isEmpty() || card == null || home.isStandIn()) {
      return null;
    }
    List<AreaId> path = directory.areaPath(card.area());
    return path.isEmpty()
        ? null
        : new Place(Input.Incident.MODEL, placement.model() + " " + kind.value(), path.getLast());
  }

  private void forgetOne() {
    if (groups.size() > PLACES_MAX) {
      groups.remove(groups.keySet().iterator().next());
    }
  }
}
