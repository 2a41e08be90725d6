package io.shouwang.registry;

import io.shouwang.model.Operator;
import io.shouwang.model.ResponderId;
import java.util.List;
import java.util.Map;

/**
 * Whether an edited draft still hangs together: nothing refers to what was taken away. An import is
 * checked while its rows are read; after an edit this looks at all rows again, in milliseconds even
 * for a city. One thread.
 */
final class Integrity {
  private final Draft draft;
  private final Complaints complaints;

  /** Takes what is wrong. */
  interface Complaints {
    void add(Section section, String id, String field, String what, String remedy);
  }

  Integrity(Draft draft, Complaints complaints) {
    this.draft = draft;
    this.complaints = complaints;
  }

  void check() {
    refer(Section.AREAS, draft.areas, "parent", draft.areaParent, draft.areas, "area");
    refer(Section.HOMES, draft.homes, "area", draft.homeArea, draft.areas, "area");
    refer(Section.ELDERS, draft.elders, "home", draft.elderHome, draft.homes, "home");
    refer(Section.DEVICES, draft.devices, "home", draft.deviceHomeSaid, draft.homes, "home");
    refer(Section.DEVICES, draft.devices, "elder", draft.deviceElder, draft.elders, "elder");
    refer(Section.DEVICES, draft.devices, "hub", draft.deviceHub, draft.devices, "hub");
    devices();
    contacts();
    schedules();
    for (Operator operator : draft.operators.values()) {
      if (draft.areas.find(operator.area().value()) < 0) {
        complaints.add(
            Section.AREAS,
            operator.area().value(),
            "id",
            "is the area of operator " + operator.id(),
            "leave it, or import operators.csv without them first");
      }
    }
  }

  private void refer(
      Section section, RowTable table, String field, IntColumn column, RowTable to, String noun) {
    for (int row = 0; row < table.rows(); row++) {
      int named = column.get(row);
      if (named >= 0 && to.isRemoved(named)) {
        complaints.add(
            section,
            table.id(row),
            field,
            "names " + noun + " " + to.id(named) + ", which is taken away",
            "let it name another first, or take it away, too");
      }
    }
  }

  private void devices() {
    for (int row = 0; row < draft.devices.rows(); row++) {
      int said = draft.deviceHomeSaid.get(row);
      int elder = draft.deviceElder.get(row);
      int hub = draft.deviceHub.get(row);
      if (said >= 0 && elder >= 0 && draft.elderHome.get(elder) != said) {
        complaints.add(
            Section.DEVICES,
            draft.devices.id(row),
            "home",
            "is not where elder " + draft.elders.id(elder) + " lives",
            "leave the device's home empty, so that it goes with the elder, or correct it first");
      }
      if (hub >= 0
          && !draft.devices.isRemoved(hub)
          && !draft.devices.text(hub, Draft.DEVICE_TYPE).equals(PlacesReader.HUB)) {
        complaints.add(
            Section.DEVICES,
            draft.devices.id(row),
            "hub",
            "speaks through " + draft.devices.id(hub) + ", which is no hub any more",
            "let it name another hub first");
      }
    }
  }

  private void contacts() {
    List<String> schedules = List.copyOf(draft.scheduleLines.keySet());
    for (int row = 0; row < draft.contactResponder.size(); row++) {
      if (draft.isContactGone(row)) {
        continue;
      }
      int responder = draft.contactResponder.get(row);
      boolean isGone = responder >= 0 && draft.responders.isRemoved(responder);
      String schedule =
          responder <= Draft.SCHEDULE_BASE ? schedules.get(Draft.SCHEDULE_BASE - responder) : "";
      boolean isNoSchedule = !schedule.isEmpty() && !draft.schedules.containsKey(schedule);
      if (isGone || isNoSchedule) {
        complain(row, isGone ? draft.responders.id(responder) : "@" + schedule);
      }
    }
  }

  private void complain(int row, String whom) {
    int elder = draft.contactElder.get(row);
    int home = draft.contactHome.get(row);
    Section section =
        elder >= 0
            ? Section.ELDER_CONTACTS
            : home >= 0 ? Section.HOME_CONTACTS : Section.AREA_CONTACTS;
    String id =
        elder >= 0
            ? draft.elders.id(elder)
            : home >= 0 ? draft.homes.id(home) : draft.areas.id(draft.contactArea.get(row));
    complaints.add(
        section,
        id,
        "responder",
        "names " + whom + ", which isn't there",
        "name somebody else there first");
  }

  private void schedules() {
    for (Map.Entry<String, Schedule> each : draft.schedules.entrySet()) {
      for (ResponderId who : each.getValue().everybody()) {
        if (draft.responders.find(who.value()) < 0) {
          boolean inTurns =
              each.getValue().layers().stream()
                  .anyMatch(layer -> layer.turns().stream().anyMatch(turn -> turn.contains(who)));
          complaints.add(
              inTurns ? Section.SCHEDULES : Section.EXCEPTIONS,
              each.getKey(),
              "people",
              "names " + who + ", who isn't there",
              "put somebody else on call first");
        }
      }
    }
  }
}
