package io.shouwang.registry;

import io.shouwang.model.ResponderId;
import io.shouwang.registry.Schedule.Layer;
import io.shouwang.registry.Schedule.Swap;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a registry's entries as the rows of an import would. Any thread. */
final class Entries {
  private final Registry registry;
  private final Draft draft;

  Entries(Registry registry) {
    this.registry = registry;
    this.draft = registry.draft();
  }

  /** What there is under an id; absent if there is nothing. */
  Entry of(Section section, String id) {
    List<Map<String, String>> rows =
        switch (section) {
          case AREAS -> row(draft.areas, id, this::area);
          case HOMES -> row(draft.homes, id, this::home);
          case ELDERS -> row(draft.elders, id, this::elder);
          case DEVICES -> row(draft.devices, id, this::device);
          case RESPONDERS -> row(draft.responders, id, this::responder);
          case WAYS -> ways(id);
          case SCHEDULES -> layers(draft.schedules.get(id));
          case EXCEPTIONS -> exceptions(draft.schedules.get(id));
          case ELDER_CONTACTS -> contacts(registry.contactRows(section, draft.elders.find(id)));
          case HOME_CONTACTS -> contacts(registry.contactRows(section, draft.homes.find(id)));
          case AREA_CONTACTS -> contacts(registry.contactRows(section, draft.areas.find(id)));
        };
    return new Entry(section, id, rows);
  }

  private interface RowText {
    Map<String, String> of(int row);
  }

  private static List<Map<String, String>> row(RowTable table, String id, RowText text) {
    int row = table.find(id);
    return row < 0 ? List.of() : List.of(text.of(row));
  }

  private static Map<String, String> map(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static String id(RowTable table, int row) {
    return row < 0 ? "" : table.id(row);
  }

  private Map<String, String> area(int row) {
    return map(
        "name", draft.areas.text(row, Draft.AREA_NAME),
        "parent", id(draft.areas, draft.areaParent.get(row)),
        "level", draft.areas.text(row, Draft.AREA_LEVEL));
  }

  private Map<String, String> home(int row) {
    return map(
        "address", draft.homes.text(row, Draft.HOME_ADDRESS),
        "area", id(draft.areas, draft.homeArea.get(row)),
        "phone", draft.homes.text(row, Draft.HOME_PHONE),
        "access", draft.homes.text(row, Draft.HOME_ACCESS),
        "lat", degrees(draft.homeLat.get(row)),
        "lon", degrees(draft.homeLon.get(row)),
        "building", draft.homes.text(row, Draft.HOME_BUILDING));
  }

  private static String degrees(int units) {
    return units == Draft.NOWHERE
        ? ""
        : BigDecimal.valueOf(units, 7).stripTrailingZeros().toPlainString();
  }

  private Map<String, String> elder(int row) {
    return map(
        "home", id(draft.homes, draft.elderHome.get(row)),
        "name", draft.elders.text(row, Draft.ELDER_NAME),
        "birth_year", draft.elders.text(row, Draft.ELDER_BIRTH_YEAR),
        "phone", draft.elders.text(row, Draft.ELDER_PHONE),
        "category", draft.elders.text(row, Draft.ELDER_CATEGORY),
        "ability", draft.elders.text(row, Draft.ELDER_ABILITY),
        "notes", draft.elders.text(row, Draft.ELDER_NOTES));
  }

  private Map<String, String> device(int row) {
    return map(
        "type", draft.devices.text(row, Draft.DEVICE_TYPE),
        "home", id(draft.homes, draft.deviceHomeSaid.get(row)),
        "elder", id(draft.elders, draft.deviceElder.get(row)),
        "hub", id(draft.devices, draft.deviceHub.get(row)),
        "model", draft.devices.text(row, Draft.DEVICE_MODEL));
  }

  private Map<String, String> responder(int row) {
    return map(
        "name", draft.responders.text(row, Draft.RESPONDER_NAME),
        "phone", draft.responders.text(row, Draft.RESPONDER_PHONE),
        "language", draft.responders.text(row, Draft.RESPONDER_LANGUAGE),
        "quiet", draft.responders.text(row, Draft.RESPONDER_QUIET),
        "zone", draft.responders.text(row, Draft.RESPONDER_ZONE));
  }

  private List<Map<String, String>> ways(String responder) {
    int row = draft.ways.find(responder);
    if (row < 0) {
      return List.of();
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (WaysText.Said said : WaysText.said(draft.ways.text(row, Draft.WAYS_TEXT))) {
      rows.add(
          map(
              "channel", said.way().channel(),
              "address", said.way().address(),
              "after", said.way().after().isZero() ? "" : said.way().after().toSeconds() + "s",
              "verified", said.verified()));
    }
    return rows;
  }

  private static List<Map<String, String>> layers(@Nullable Schedule schedule) {
    List<Map<String, String>> rows = new ArrayList<>();
    if (schedule == null) {
      return rows;
    }
    for (Layer layer : schedule.layers()) {
      LocalTime from = layer.from();
      rows.add(
          map(
              "people",
              layer.turns().stream().map(Entries::together).collect(Collectors.joining(" ")),
              "start",
              layer.start().toString(),
              "turn_days",
              Integer.toString(layer.turnDays()),
              "handover",
              layer.handover().toString(),
              "zone",
              schedule.zone().getId(),
              "hours",
              from == null ? "" : from + "-" + layer.to(),
              "weekdays",
              layer.weekdays().stream()
                  .sorted()
                  .map(day -> day.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(" ")),
              "days",
              layer.days().name().toLowerCase(Locale.ROOT)));
    }
    return rows;
  }

  private static List<Map<String, String>> exceptions(@Nullable Schedule schedule) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Swap swap : schedule == null ? List.<Swap>of() : schedule.exceptions()) {
      rows.add(
          map(
              "from", swap.from().toString(),
              "to", swap.to().toString(),
              "people", swap.people().isEmpty() ? "" : together(swap.people()),
              "reason", swap.reason()));
    }
    return rows;
  }

  private static String together(List<ResponderId> people) {
    return people.stream().map(ResponderId::value).collect(Collectors.joining("+"));
  }

  private List<Map<String, String>> contacts(int[] numbers) {
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> schedules = List.copyOf(draft.scheduleLines.keySet());
    for (int number : numbers) {
      int responder = draft.contactResponder.get(number);
      String role = draft.words.get(draft.contactRole.get(number));
      String relation = draft.words.get(draft.contactRelation.get(number));
      rows.add(
          map(
              "responder",
              responder >= 0
                  ? draft.responders.id(responder)
                  : "@" + schedules.get(Draft.SCHEDULE_BASE - responder),
              "role",
              role,
              "relation",
              relation.equals(role) ? "" : relation));
    }
    return rows;
  }
}
