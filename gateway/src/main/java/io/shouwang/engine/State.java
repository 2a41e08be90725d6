package io.shouwang.engine;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Session;
import io.shouwang.model.Stamp;
import io.shouwang.senses.DeviceSense;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the journal makes: homes, kept sessions, notes. Homes are immutable values. The engine's
 * thread only.
 */
final class State {
  private static final long NEVER = Deadlines.NEVER;

  private final HomeSlots homes = new HomeSlots();
  private final DeviceSlots devices = new DeviceSlots();
  private @Nullable Directory devicesOf;
  private final Map<AlertId, HomeId> homeOfAlert = new HashMap<>();
  private final Map<String, Session> sessions = new HashMap<>();
  private final Notes notes = new Notes();
  private final Deadlines deadlines = new Deadlines();

  /** When rules asked to look at a home, by slot; {@link #NEVER} if they did not. */
  private long[] looks = new long[1_024];

  /** The slot whose deadline was taken last, until it has the next one. */
  private int disarmed = Deadlines.NONE;

  private Stamp last = new Stamp(0, Instant.EPOCH);
  private String registryHash = "";
  private String settingsHash = "";

  Home home(HomeId id) {
    int slot = homes.find(id);
    return slot == HomeSlots.NONE ? Home.empty(id) : homes.get(slot);
  }

  @Nullable HomeId homeOf(AlertId alert) {
    return homeOfAlert.get(alert);
  }

  /** The home that decides an input; null where none does. */
  @Nullable HomeId homeOf(Input input, Directory directory) {
    return switch (input) {
      case Input.EventReceived received -> homeOf(received.event(), directory);
      case Input.ReplyReceived received -> homeOf(received.reply().alert());
      case Input.CallReceived call -> directory.home(call.home()) == null ? null : call.home();
      case Input.CallReported report -> {
        HomeId known = homeOf(Core.alertOf(report));
        yield known == null ? report.home() : known;
      }
      case Input.ContactRecorded recorded -> {
        Directory.Elder elder = directory.elder(recorded.report().elder());
        yield elder == null ? null : elder.home();
      }
      case Input.ModeChanged changed ->
          directory.home(changed.home()) == null ? null : changed.home();
      case Input.ExerciseOrdered ordered ->
          directory.home(ordered.home()) == null ? null : ordered.home();
      case Input.AlertReopened reopened -> homeOf(reopened.alert());
      case Input.AlertsMerged merged -> homeOf(merged.into());
      case Input.LadderHurried hurried -> homeOf(hurried.alert());
      case Input.HandoverAsked asked -> homeOf(asked.alert());
      case Input.DeliveryReported reported -> homeOf(reported.key().alert());
      case Input.TimePassed passed -> passed.home();
      case Input.TroubleNoticed _ -> HomeId.GATEWAY;
      case Input.FoundByAudit found -> {
        HomeId own = found.alert() == null ? null : homeOf(found.alert());
        yield own == null ? found.home() : own;
      }
      case Input.IncidentNoticed noticed -> HomeId.ofArea(noticed.area());
      case Input.CountyHeard heard -> HomeId.ofArea(heard.area());
      case Input.AlertForwarded forwarded -> HomeId.ofCounty(forwarded.area(), forwarded.its());
      case Input.SessionKept _,
          Input.SessionDropped _,
          Input.Started _,
          Input.RegistryActivated _,
          Input.SettingsActivated _ ->
          null;
    };
  }

  /** The same as {@link Core#homeOf}, remembered for registered devices. */
  @SuppressWarnings("ReferenceEquality") // a generation of the registry is one object
  private HomeId homeOf(DeviceEvent event, Directory directory) {
    if (devicesOf != directory) {
      devices.clear();
      devicesOf = directory;
    }
    int known = devices.find(event.device());
    if (known != DeviceSlots.NONE) {
      homes.expect(known);
      return homes.get(known).id();
    }
    Directory.Placement placement = directory.placement(event.device());
    if (placement == null || placement.home() == null) {
      return Core.homeOf(directory, event); // by its hub, perhaps: not for the device alone to say
    }
    HomeId id = placement.home();
    int slot = homes.find(id);
    if (slot != HomeSlots.NONE) {
      DeviceSense sense = homes.get(slot).senses().device(event.device());
      devices.add(sense == null ? event.device() : sense.device(), slot);
    }
    return id;
  }

  Collection<Session> sessions() {
    return List.copyOf(sessions.values());
  }

  Notes notes() {
    return notes;
  }

  /** Takes one home that must be looked at by now; null if there is none. */
  @Nullable HomeId pollDue(Instant now) {
    int slot = deadlines.poll(now.toEpochMilli());
    if (slot == Deadlines.NONE) {
      return null;
    }
    homes.expect(slot);
    disarmed = slot;
    return homes.get(slot).id();
  }

  /** When the next home must be looked at, or earlier; null if none must. */
  @Nullable Instant nextDue() {
    long at = deadlines.next();
    return at == NEVER ? null : Instant.ofEpochMilli(at);
  }

  /** A home must be looked at then, whatever it says itself. */
  void due(HomeId id, Instant at) {
    int slot = homes.find(id);
    deadlines.set(slot == HomeSlots.NONE ? open(Home.empty(id)) : slot, at.toEpochMilli());
  }

  /** The stamp of the latest input. */
  Stamp last() {
    return last;
  }

  String registryHash() {
    return registryHash;
  }

  String settingsHash() {
    return settingsHash;
  }

  int homeCount() {
    return homes.size();
  }

  /** Homes of these slots: a slice for a snapshot. */
  List<Home> slice(int from, int most) {
    return homes.list(from, most);
  }

  List<Home> allHomes() {
    return homes.list(0, homes.size());
  }

  /** Puts a home in place of the one before it. */
  @SuppressWarnings("ReferenceEquality") // most inputs leave the alerts as they are
  void put(Home home) {
    int slot = homes.find(home.id());
    if (slot == HomeSlots.NONE) {
      slot = open(home);
    } else {
      Home before = homes.get(slot);
      homes.set(slot, home);
      if (before.alerts() == home.alerts() && slot != disarmed) {
        return;
      }
      for (Alert alert : before.alerts()) {
        if (home.alert(alert.id()).isEmpty()) {
          homeOfAlert.remove(alert.id());
          notes.forget(alert.id());
        }
      }
    }
    for (Alert alert : home.alerts()) {
      homeOfAlert.put(alert.id(), home.id());
    }
    arm(home, slot);
  }

  private int open(Home home) {
    int slot = homes.add(home);
    deadlines.open();
    if (slot == looks.length) {
      looks = Arrays.copyOf(looks, 2 * slot);
    }
    looks[slot] = NEVER;
    return slot;
  }

  /**
   * When the rules must look at a home again.
   *
   * @param at null if they need not
   * @param anew also puts an earlier look off; if not, a look is only brought forward
   */
  void look(HomeId id, @Nullable Instant at, boolean anew) {
    int slot = homes.find(id);
    if (slot == HomeSlots.NONE) {
      if (at == null) {
        return;
      }
      slot = open(Home.empty(id));
    }
    long millis = at == null ? NEVER : at.toEpochMilli();
    if (anew || millis < looks[slot]) {
      looks[slot] = millis;
      arm(homes.get(slot), slot);
    }
  }

  /** A look that failed is tried again then; what alerts need is put off by a fact. */
  void putOffLook(HomeId id, Instant until) {
    int slot = homes.find(id);
    if (slot != HomeSlots.NONE && looks[slot] < until.toEpochMilli()) {
      looks[slot] = until.toEpochMilli();
    }
  }

  private void arm(Home home, int slot) {
    disarmed = slot == disarmed ? Deadlines.NONE : disarmed;
    Instant alerts = home.deadline();
    deadlines.set(
        slot, alerts == null ? looks[slot] : Math.min(looks[slot], alerts.toEpochMilli()));
  }

  /** Notes that an input was taken in, and applies one that belongs to no home. */
  void take(Stamp stamp, Input input, List<Fact> facts) {
    last = stamp;
    switch (input) {
      case Input.SessionKept kept -> sessions.put(kept.session().client(), kept.session());
      case Input.SessionDropped dropped -> sessions.remove(dropped.client());
      case Input.RegistryActivated activated -> registryHash = activated.hash();
      case Input.SettingsActivated activated -> settingsHash = activated.hash();
      case Input.ReplyReceived received -> {
        String note = received.reply().note();
        if (note != null && !facts.isEmpty()) {
          notes.keep(received.reply().alert(), stamp.number(), note);
        }
      }
      case Input.CallReceived call -> {
        for (Fact fact : facts) {
          if (call.note() != null && fact instanceof Fact.CallTaken taken) {
            notes.keep(taken.alert(), stamp.number(), call.note());
          }
        }
      }
      case Input.CallReported report -> {
        for (Fact fact : facts) {
          if (report.number() != null && fact instanceof Fact.CallRang rang) {
            notes.keep(rang.alert(), stamp.number(), report.number());
          }
        }
      }
      case Input.ContactRecorded recorded -> {
        String note = recorded.report().note();
        boolean isTaken = facts.stream().anyMatch(Fact.ContactNoted.class::isInstance);
        if (note != null && isTaken) {
          long key = Core.contactKey(recorded, stamp.number());
          notes.keep(new Notes.CareNote(recorded.report().elder(), key, note));
        }
      }
      case Input.AlertReopened reopened -> {
        String note = reopened.note();
        if (note != null && !facts.isEmpty()) {
          notes.keep(reopened.alert(), stamp.number(), note);
        }
      }
      case Input.AlertForwarded forwarded -> {
        for (Fact fact : facts) {
          String person = forwarded.person();
          if (person != null && fact instanceof Fact.Forwarded said) {
            notes.keep(said.alert(), stamp.number(), person);
          }
        }
      }
      case Input.EventReceived _,
          Input.CountyHeard _,
          Input.AlertsMerged _,
          Input.LadderHurried _,
          Input.HandoverAsked _,
          Input.ExerciseOrdered _,
          Input.DeliveryReported _,
          Input.TimePassed _,
          Input.ModeChanged _,
          Input.Started _,
          Input.IncidentNoticed _,
          Input.FoundByAudit _,
          Input.TroubleNoticed _ -> {}
    }
  }

  /** Takes up where a snapshot left off. */
  void restore(
      Stamp last,
      String registryHash,
      String settingsHash,
      List<Session> kept,
      List<Notes.Note> written,
      List<Notes.CareNote> ofContacts) {
    this.last = last;
    this.registryHash = registryHash;
    this.settingsHash = settingsHash;
    kept.forEach(session -> sessions.put(session.client(), session));
    written.forEach(note -> notes.keep(note.alert(), note.number(), note.text()));
    ofContacts.forEach(notes::keep);
  }
}
