package io.shouwang.registry;

import io.shouwang.model.AreaId;
import io.shouwang.model.Identity;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.registry.CsvTable.Column;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.Resemblance;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads responders, contacts and operators into a {@link Draft}. One thread, in this order. */
final class PeopleReader {
  private static final int NAME_MAX = 100;
  private static final List<String> OPERATOR_ROLES =
      Stream.of(OperatorRole.values()).map(role -> role.name().toLowerCase(Locale.ROOT)).toList();

  private final Draft draft;
  private final RowProblems problems;
  private final Map<String, Boolean> whole;
  private final @Nullable List<String> roles;

  PeopleReader(
      Draft draft,
      RowProblems problems,
      Map<String, Boolean> whole,
      @Nullable Set<Role> knownRoles) {
    this.draft = draft;
    this.problems = problems;
    this.whole = whole;
    this.roles = knownRoles == null ? null : knownRoles.stream().map(Role::value).sorted().toList();
  }

  static final List<Column> RESPONDERS =
      PlacesReader.columns("id", "name", "phone?", "language?", "quiet?", "zone?");
  static final List<Column> CONTACTS =
      PlacesReader.columns("responder", "role", "relation?", "elder?", "home?", "area?");

  void responders(byte[] bytes, Pace pace) {
    String file = "responders.csv";
    whole.put(file, new CsvTable(file, RESPONDERS, problems).read(bytes, this::responder, pace));
  }

  void responder(CsvRow row) {
    String id = row.id(0);
    String name = row.requiredText(1, NAME_MAX);
    String phone = row.phone(2);
    String language = row.raw(3).isEmpty() ? "zh" : row.raw(3);
    if (!language.equals("zh") && !language.equals("en")) {
      row.problem(3, "is no language we speak", "write zh or en");
    }
    LocalTime[] quiet = DutyReader.hours(row, 4);
    String zone = zone(row);
    if (id == null || isTaken(row, id)) {
      return;
    }
    String hours = quiet[0] == null ? "" : quiet[0] + "-" + quiet[1];
    if (draft.add(draft.responders, id, name, phone, language, hours, zone) < 0) {
      PlacesReader.twice(row);
    }
  }

  private static String zone(CsvRow row) {
    String zone = row.raw(5);
    if (!zone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(zone)) {
      row.problem(5, "is no time zone", "write one like Asia/Shanghai");
      return "";
    }
    return zone;
  }

  /** {@code @night} names the schedule night: its number, below every row's. */
  private int schedule(CsvRow row) {
    String id = row.raw(0).substring(1);
    if (!Identity.isValid(id)) {
      row.problem(0, "names no schedule", "write @ and the schedule's id");
      return -1;
    }
    return draft.scheduleNumber(id, row.line());
  }

  void contacts(byte[] bytes, Pace pace) {
    String file = "contacts.csv";
    whole.put(file, new CsvTable(file, CONTACTS, problems).read(bytes, this::contact, pace));
  }

  void contact(CsvRow row) {
    int responder =
        row.raw(0).startsWith("@")
            ? schedule(row)
            : PlacesReader.reference(
                row, 0, draft.responders, "responders.csv", "responder", true, whole);
    String role = row.id(1);
    if (role != null && roles != null && !roles.contains(role)) {
      row.problem(1, "is no role", Resemblance.hint(role, roles));
    }
    String relation = row.text(2, NAME_MAX);
    int elder = optional(row, 3, draft.elders, "elders.csv", "elder");
    int home = optional(row, 4, draft.homes, "homes.csv", "home");
    int area = optional(row, 5, draft.areas, "areas.csv", "area");
    long named = Stream.of(3, 4, 5).filter(i -> !row.raw(i).isEmpty()).count();
    if (named != 1) {
      row.problem(
          0,
          named == 0 ? "is for nobody" : "is for more than one",
          "fill in exactly one of elder, home and area; write a row for each");
    }
    if (Role.DUTY_DESK.value().equals(role) && named == 1 && row.raw(5).isEmpty()) {
      row.problem(1, "is for an elder or a home", "name an area: a duty desk answers for areas");
    }
    draft.contactResponder.add(responder);
    draft.contactRole.add(draft.word(role == null ? "" : role));
    draft.contactRelation.add(draft.word(relation.isEmpty() && role != null ? role : relation));
    draft.contactElder.add(elder);
    draft.contactHome.add(home);
    draft.contactArea.add(area);
  }

  void operators(byte[] bytes) {
    String file = "operators.csv";
    var table = new CsvTable(file, PlacesReader.columns("id", "name", "roles", "area"), problems);
    boolean read =
        table.read(
            bytes,
            row -> {
              String id = row.id(0);
              String name = row.requiredText(1, NAME_MAX);
              Set<OperatorRole> held = operatorRoles(row, 2);
              int area =
                  PlacesReader.reference(row, 3, draft.areas, "areas.csv", "area", true, whole);
              if (id == null || isTaken(row, id)) {
                return;
              }
              if (draft.operators.containsKey(id)) {
                PlacesReader.twice(row);
              } else if (area >= 0) {
                draft.operators.put(
                    id,
                    new Operator(
                        new ResponderId(id), name, held, new AreaId(draft.areas.id(area))));
              }
            });
    whole.put(file, read);
  }

  private static Set<OperatorRole> operatorRoles(CsvRow row, int column) {
    Set<OperatorRole> held = EnumSet.noneOf(OperatorRole.class);
    for (String word : row.raw(column).split("[ ;|]+", -1)) {
      if (OPERATOR_ROLES.contains(word)) {
        held.add(OperatorRole.valueOf(word.toUpperCase(Locale.ROOT)));
      } else if (!word.isEmpty()) {
        row.problem(
            column,
            "names " + Escaped.quoted(word) + ", which is no operator's role",
            Resemblance.hint(word, OPERATOR_ROLES));
      }
    }
    if (row.raw(column).isEmpty()) {
      row.problem(
          column,
          "is empty",
          "write one or more of " + String.join(" ", OPERATOR_ROLES) + ", with blanks between");
    }
    return held;
  }

  private int optional(CsvRow row, int column, RowTable table, String file, String noun) {
    return PlacesReader.reference(row, column, table, file, noun, false, whole);
  }

  static void takenBy(CsvRow row, String whom) {
    row.problem(
        0,
        "is the id of " + whom + " already",
        "choose another: devices, responders and operators share one set of names");
  }

  /** Devices, responders and operators log in with their ids: each must be one of its kind. */
  private boolean isTaken(CsvRow row, String id) {
    boolean device = draft.devices.find(id) >= 0;
    boolean responder =
        !device && !row.file().equals("responders.csv") && draft.responders.find(id) >= 0;
    // From files operators come last, and find all others there.
    boolean operator = !device && !responder && draft.isAmended && draft.operators.containsKey(id);
    if (device || responder || operator) {
      takenBy(row, device ? "a device" : responder ? "a responder" : "an operator");
    }
    return device || responder || operator;
  }
}
