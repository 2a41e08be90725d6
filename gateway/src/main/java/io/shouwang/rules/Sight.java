package io.shouwang.rules;

import io.shouwang.model.AlertId;
import io.shouwang.model.CareContact;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.senses.Senses;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rule sees: one home at one moment. Asks registry and settings only when a rule does, and
 * only once. Lives for one decision; one thread.
 */
public final class Sight {
  private final HomeId home;
  private final Directory directory;
  private final LimitsBook book;
  private final Remembered remembered;
  private final Senses before;
  private final @Nullable DeviceEvent event;
  private final Instant now;
  private @Nullable Limits limits;
  private @Nullable List<Directory.Placement> devices;
  private Directory.@Nullable Placement placement;
  private boolean isPlacementKnown;
  private @Nullable ZonedDateTime local;

  /**
   * What the home remembers beside its alerts' own life.
   *
   * @param senses after the event
   * @param open the alerts that are open
   */
  public record Remembered(
      Senses senses,
      List<Condition> conditions,
      List<Mode> modes,
      List<CareContact> contacts,
      List<OpenAlert> open) {}

  /**
   * An open alert, as far as rules go by it.
   *
   * @param evidence the events it rests on, oldest first
   */
  public record OpenAlert(
      AlertId id,
      Kind kind,
      @Nullable ElderId elder,
      @Nullable DeviceId device,
      Instant raisedAt,
      Instant evidenceAt,
      List<Evidence> evidence) {}

  public Sight(
      HomeId home,
      Directory directory,
      LimitsBook book,
      Remembered remembered,
      Senses before,
      @Nullable DeviceEvent event,
      Instant now) {
    this.home = home;
    this.directory = directory;
    this.book = book;
    this.remembered = remembered;
    this.before = before;
    this.event = event;
    this.now = now;
  }

  public HomeId home() {
    return home;
  }

  public Directory directory() {
    return directory;
  }

  /** What was just heard; null when time has passed. */
  public @Nullable DeviceEvent event() {
    return event;
  }

  /** Engine time. */
  public Instant now() {
    return now;
  }

  /** Civil time. */
  public ZonedDateTime local() {
    ZonedDateTime known = local;
    if (known == null) {
      known = now.atZone(book.zone());
      local = known;
    }
    return known;
  }

  /** Civil time's offset from universal time. */
  public int offsetSeconds() {
    return book.offsetSeconds(now);
  }

  /** What the devices said, the event included. */
  public Senses senses() {
    return remembered.senses();
  }

  /** What they had said before the event. */
  public Senses sensesBefore() {
    return before;
  }

  public List<CareContact> contacts() {
    return remembered.contacts();
  }

  public List<OpenAlert> openAlerts() {
    return remembered.open();
  }

  /** A condition that holds; empty if it doesn't. */
  public Optional<Condition> condition(String rule, String key) {
    for (Condition condition : remembered.conditions()) {
      if (condition.is(rule, key)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  /** Whether no condition of any rule holds: then nothing can be gone. */
  public boolean isClear() {
    return remembered.conditions().isEmpty();
  }

  /** All conditions of a rule that hold. */
  public List<Condition> conditions(String rule) {
    return remembered.conditions().isEmpty()
        ? List.of()
        : remembered.conditions().stream().filter(c -> c.rule().equals(rule)).toList();
  }

  /** Whether a mode of the whole home holds now. */
  public boolean in(Mode.Kind kind) {
    return Mode.holds(remembered.modes(), kind, null, now);
  }

  /** What holds and, of absences, what held in the last weeks. */
  public List<Mode> modes() {
    return remembered.modes();
  }

  /** The limits that hold for this home. */
  public Limits limits() {
    Limits known = limits;
    if (known == null) {
      known = book.of(directory, home);
      limits = known;
    }
    return known;
  }

  /** The limits that hold for one elder of it. */
  public Limits limits(ElderId elder) {
    return book.isSameForElders() ? limits() : book.of(directory, home, elder);
  }

  /** The limits that hold for whoever wears a device, else for the home. */
  public Limits limits(DeviceId device) {
    if (book.isSameForElders()) {
      return limits();
    }
    Directory.Placement known = placement(device);
    ElderId elder = known == null ? null : known.elder();
    return elder == null ? limits() : limits(elder);
  }

  /** Where a device belongs; null when it isn't registered. That of the event is asked for once. */
  public Directory.@Nullable Placement placement(DeviceId device) {
    DeviceEvent heard = event;
    if (heard == null || !heard.device().equals(device)) {
      return directory.placement(device);
    }
    if (!isPlacementKnown) {
      placement = directory.placement(device);
      isPlacementKnown = true;
    }
    return placement;
  }

  /** The devices that belong here, heard or not. */
  public List<Directory.Placement> devices() {
    List<Directory.Placement> known = devices;
    if (known == null) {
      known = directory.devices(home);
      devices = known;
    }
    return known;
  }

  /** The elders who live here; none for a home that isn't registered. */
  public List<ElderId> elders() {
    return directory.elders(home);
  }
}
