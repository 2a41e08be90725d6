package io.shouwang.registry;

import io.shouwang.model.Identity;
import io.shouwang.model.Point;
import io.shouwang.registry.CsvTable.Column;
import io.shouwang.yaml.Escaped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads areas, homes, elders and devices into a {@link Draft}. One thread, in this order. */
final class PlacesReader {
  static final String HUB = "hub";
  private static final int NAME_MAX = 100;
  private static final int ADDRESS_MAX = 300;
  private static final int NOTES_MAX = 2_000;

  private final Draft draft;
  private final RowProblems problems;

  /** Files read to the end: only then may something be called unknown for not being in them. */
  private final Map<String, Boolean> whole;

  private record Pending(int row, int line, String reference) {}

  private final List<Pending> parents = new ArrayList<>();
  private final List<Pending> hubs = new ArrayList<>();

  PlacesReader(Draft draft, RowProblems problems, Map<String, Boolean> whole) {
    this.draft = draft;
    this.problems = problems;
    this.whole = whole;
  }

  static final List<Column> AREAS = columns("id", "name", "parent?", "level?");
  static final List<Column> HOMES =
      columns("id", "address", "area", "phone?", "access?", "lat?", "lon?", "building?");
  static final List<Column> ELDERS =
      columns("id", "home", "name", "birth_year?", "phone?", "category?", "ability?", "notes?");
  static final List<Column> DEVICES = columns("id", "type", "home?", "elder?", "hub?", "model?");

  void areas(byte[] bytes, Pace pace) {
    String file = "areas.csv";
    boolean read = new CsvTable(file, AREAS, problems).read(bytes, this::area, pace);
    whole.put(file, read);
    finishAreas(read);
  }

  void area(CsvRow row) {
    String id = row.id(0);
    String name = row.requiredText(1, NAME_MAX);
    String parent = row.optionalId(2);
    String level = row.optionalId(3);
    if (id == null) {
      return;
    }
    int number = draft.add(draft.areas, id, name, level);
    if (number < 0) {
      twice(row);
      return;
    }
    draft.areaParent.put(number, -1);
    draft.areaLine.put(number, row.line());
    if (!parent.isEmpty()) {
      parents.add(new Pending(number, row.line(), parent));
    }
  }

  /** Finds the parents that areas named, which may stand further down. */
  void finishAreas(boolean read) {
    String file = "areas.csv";
    for (Pending pending : parents) {
      int parent = draft.areas.find(pending.reference());
      draft.areaParent.set(pending.row(), parent);
      if (parent < 0 && read) {
        problems.add(
            file,
            pending.line(),
            "parent",
            pending.reference(),
            "is no area",
            "add it to areas.csv or correct it");
      }
    }
    parents.clear();
    for (int row : Cycles.find(draft.areaParent.copy().trimmed())) {
      problems.add(
          file,
          draft.areaLine.get(row),
          "parent",
          draft.areas.id(draft.areaParent.get(row)),
          "lies in this area itself, by way of its parents",
          "let the topmost area have no parent");
      draft.areaParent.set(row, -1);
    }
  }

  void homes(byte[] bytes, Pace pace) {
    String file = "homes.csv";
    whole.put(file, new CsvTable(file, HOMES, problems).read(bytes, this::home, pace));
  }

  void home(CsvRow row) {
    String id = row.id(0);
    String address = row.requiredText(1, ADDRESS_MAX);
    int area = reference(row, 2, draft.areas, "areas.csv", "area", true);
    String phone = row.phone(3);
    String access = row.text(4, NOTES_MAX);
    Point at = at(row);
    String building = row.text(7, NAME_MAX);
    if (id == null) {
      return;
    }
    int number = draft.add(draft.homes, id, address, phone, access, building);
    if (number < 0) {
      twice(row);
      return;
    }
    draft.homeArea.put(number, area);
    draft.homeLat.put(number, at == null ? Draft.NOWHERE : units(at.lat()));
    draft.homeLon.put(number, at == null ? Draft.NOWHERE : units(at.lon()));
  }

  /** Where a home lies, if both degrees are there. */
  private static @Nullable Point at(CsvRow row) {
    String lat = row.raw(5);
    String lon = row.raw(6);
    if (lat.isEmpty() != lon.isEmpty()) {
      row.problem(lat.isEmpty() ? 5 : 6, "is empty", "give both lat and lon, or neither");
      return null;
    }
    return lat.isEmpty() ? null : FencesReader.point(row, 5, lat, lon);
  }

  private static int units(double degrees) {
    return (int) Math.round(degrees * Draft.DEGREE);
  }

  void elders(byte[] bytes, Pace pace) {
    String file = "elders.csv";
    whole.put(file, new CsvTable(file, ELDERS, problems).read(bytes, this::elder, pace));
  }

  void elder(CsvRow row) {
    String id = row.id(0);
    int home = reference(row, 1, draft.homes, "homes.csv", "home", true);
    String name = row.requiredText(2, NAME_MAX);
    String birthYear = birthYear(row, 3);
    String phone = row.phone(4);
    String category = words(row, 5);
    String ability = row.optionalId(6);
    String notes = row.text(7, NOTES_MAX);
    if (id == null) {
      return;
    }
    int number = draft.add(draft.elders, id, name, birthYear, phone, category, ability, notes);
    if (number < 0) {
      twice(row);
      return;
    }
    draft.elderHome.put(number, home);
  }

  void devices(byte[] bytes, Pace pace) {
    String file = "devices.csv";
    boolean read = new CsvTable(file, DEVICES, problems).read(bytes, this::device, pace);
    whole.put(file, read);
    finishDevices(read);
  }

  /** Finds the hubs that devices named, which may stand further down, and where all stand. */
  void finishDevices(boolean read) {
    String file = "devices.csv";
    for (Pending pending : hubs) {
      hub(file, pending, read);
    }
    hubs.clear();
    List<Integer> cycles = Cycles.find(draft.deviceHub.copy().trimmed());
    for (int row : cycles) {
      problems.add(
          file,
          draft.deviceLine.get(row),
          "hub",
          draft.devices.id(draft.deviceHub.get(row)),
          "speaks through this device itself, by way of its hubs",
          "let the outermost hub have no hub");
    }
    if (cycles.isEmpty()) {
      draft.placeDevices();
    }
  }

  void device(CsvRow row) {
    String id = row.id(0);
    String type = row.id(1);
    int home = reference(row, 2, draft.homes, "homes.csv", "home", false);
    int elder = reference(row, 3, draft.elders, "elders.csv", "elder", false);
    String hub = row.optionalId(4);
    String model = row.text(5, NAME_MAX);
    int elderHome = elder < 0 ? -1 : draft.elderHome.get(elder);
    if (home >= 0 && elderHome >= 0 && home != elderHome) {
      row.problem(
          3,
          "lives in home " + draft.homes.id(elderHome) + ", not in the device's",
          "correct home or elder");
    }
    if (id == null || isTaken(row, id)) {
      return;
    }
    int number = draft.add(draft.devices, id, type == null ? "" : type, model);
    if (number < 0) {
      twice(row);
      return;
    }
    // An elder's home doesn't stand in for one that was named and isn't there.
    boolean isLost = home < 0 && !row.raw(2).isEmpty();
    draft.deviceHomeSaid.put(number, home);
    draft.deviceHome.put(number, -1);
    draft.deviceElder.put(number, isLost ? -1 : elder);
    draft.deviceHub.put(number, -1);
    draft.deviceLine.put(number, row.line());
    if (!hub.isEmpty()) {
      hubs.add(new Pending(number, row.line(), hub));
    }
  }

  /** From files devices come first, and the others find them. */
  private boolean isTaken(CsvRow row, String id) {
    boolean responder = draft.isAmended && draft.responders.find(id) >= 0;
    boolean operator = draft.isAmended && draft.operators.containsKey(id);
    if (responder || operator) {
      PeopleReader.takenBy(row, responder ? "a responder" : "an operator");
    }
    return responder || operator;
  }

  private void hub(String file, Pending pending, boolean read) {
    int hub = draft.devices.find(pending.reference());
    if (hub < 0) {
      if (read) {
        problems.add(
            file,
            pending.line(),
            "hub",
            pending.reference(),
            "is no device",
            "add it to devices.csv or correct it");
      }
      return;
    }
    if (!draft.devices.text(hub, Draft.DEVICE_TYPE).equals(HUB)) {
      problems.add(
          file,
          pending.line(),
          "hub",
          pending.reference(),
          "is a device of another type",
          "name a device of type hub, or correct that device's type");
      return;
    }
    draft.deviceHub.set(pending.row(), hub);
  }

  /** Key words with blanks between; one blank between each, and each once. */
  private static String words(CsvRow row, int column) {
    if (row.raw(column).isEmpty()) {
      return "";
    }
    Set<String> words = new LinkedHashSet<>();
    for (String word : row.raw(column).split("\\s+", -1)) {
      if (!Identity.isValid(word)) {
        row.problem(
            column,
            "has " + Escaped.quoted(word) + ", which is no valid name",
            "use 1 to " + Identity.LENGTH_MAX + " of A-Z a-z 0-9 _ -, with blanks between several");
        return "";
      }
      words.add(word);
    }
    return String.join(" ", words);
  }

  private static String birthYear(CsvRow row, int column) {
    String text = row.raw(column);
    boolean year =
        text.matches("[0-9]{4}") && Integer.parseInt(text) >= 1880 && Integer.parseInt(text) < 2100;
    if (!text.isEmpty() && !year) {
      row.problem(column, "is no year of birth", "write four digits like 1941, or nothing");
      return "";
    }
    return text;
  }

  static void twice(CsvRow row) {
    row.problem(0, "is given twice in this file", "keep one of the rows, or give this one its own");
  }

  private int reference(
      CsvRow row, int column, RowTable table, String file, String noun, boolean required) {
    return reference(row, column, table, file, noun, required, whole);
  }

  /** The row that a field names, or -1: left out, or wrong and reported. */
  static int reference(
      CsvRow row,
      int column,
      RowTable table,
      String file,
      String noun,
      boolean required,
      Map<String, Boolean> whole) {
    String id = required ? row.id(column) : row.optionalId(column);
    if (id == null || id.isEmpty()) {
      return -1;
    }
    int found = table.find(id);
    if (found < 0 && whole.getOrDefault(file, false)) {
      row.problem(column, "is no " + noun, "add it to " + file + " or correct it");
    }
    return found;
  }

  /** Columns by name; a question mark behind one makes it optional. */
  static List<Column> columns(String... names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      boolean optional = name.endsWith("?");
      columns.add(new Column(optional ? name.substring(0, name.length() - 1) : name, !optional));
    }
    return List.copyOf(columns);
  }
}
