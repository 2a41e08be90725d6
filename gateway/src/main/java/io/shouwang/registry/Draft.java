package io.shouwang.registry;

import io.shouwang.model.Directory.Way;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.Operator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A registry while it is being read or edited: tables and, row by row, what each refers to. One
 * thread; once a {@link Registry} was made of it, nobody's.
 */
final class Draft {
  /** Columns of the tables that follow the id. */
  static final int AREA_NAME = 1;

  static final int AREA_LEVEL = 2;
  static final int HOME_ADDRESS = 1;
  static final int HOME_PHONE = 2;
  static final int HOME_ACCESS = 3;
  static final int HOME_BUILDING = 4;
  static final int NOWHERE = Integer.MIN_VALUE;
  static final double DEGREE = 1e7;
  static final int ELDER_NAME = 1;
  static final int ELDER_BIRTH_YEAR = 2;
  static final int ELDER_PHONE = 3;
  static final int ELDER_CATEGORY = 4;
  static final int ELDER_ABILITY = 5;
  static final int ELDER_NOTES = 6;
  static final int DEVICE_TYPE = 1;
  static final int DEVICE_MODEL = 2;
  static final int RESPONDER_NAME = 1;
  static final int RESPONDER_PHONE = 2;
  static final int RESPONDER_LANGUAGE = 3;
  static final int RESPONDER_QUIET = 4;
  static final int RESPONDER_ZONE = 5;
  static final int WAYS_TEXT = 1;

  /** What a contact's column holds in place of a responder's row: a schedule, by its number. */
  static final int SCHEDULE_BASE = -2;

  /** Made of another one, to be edited: a row that comes takes the place of the one before. */
  final boolean isAmended;

  final RowTable areas;
  final IntColumn areaParent;
  final IntColumn areaLine;

  final RowTable homes;
  final IntColumn homeArea;

  /** In ten millionths of a degree; {@link #NOWHERE} where not said. */
  final IntColumn homeLat;

  final IntColumn homeLon;

  final RowTable elders;
  final IntColumn elderHome;

  final RowTable devices;

  /** The home that the device's own row names; -1 for none. */
  final IntColumn deviceHomeSaid;

  /** The home it stands in: its own, its elder's or its hub's; see {@link #placeDevices}. */
  final IntColumn deviceHome;

  final IntColumn deviceElder;
  final IntColumn deviceHub;
  final IntColumn deviceLine;

  final RowTable responders;
  final RowTable ways;

  /** How every elder is called, by the elder's own phone. */
  final List<Way> elderWays;

  final Map<String, Schedule> schedules;

  /** The schedules that contacts name, in the order of their numbers, and where first. */
  final Map<String, Integer> scheduleLines;

  /** Days on which another kind of day is than the calendar says: true for a day that is worked. */
  final Map<LocalDate, Boolean> workdays;

  final IntColumn contactResponder;
  final IntColumn contactRole;
  final IntColumn contactRelation;
  final IntColumn contactElder;
  final IntColumn contactHome;
  final IntColumn contactArea;

  /** Words that many contacts share, each kept once. */
  final List<String> words;

  private final Map<String, Integer> wordNumbers;

  final Map<String, Operator> operators;

  /** Few elders have any. */
  final Map<ElderId, List<Fence>> fences;

  Draft() {
    isAmended = false;
    areas = new RowTable(3);
    areaParent = new IntColumn();
    areaLine = new IntColumn();
    homes = new RowTable(5);
    homeArea = new IntColumn();
    homeLat = new IntColumn();
    homeLon = new IntColumn();
    elders = new RowTable(7);
    elderHome = new IntColumn();
    devices = new RowTable(3);
    deviceHomeSaid = new IntColumn();
    deviceHome = new IntColumn();
    deviceElder = new IntColumn();
    deviceHub = new IntColumn();
    deviceLine = new IntColumn();
    responders = new RowTable(6);
    ways = new RowTable(2);
    elderWays = new ArrayList<>();
    schedules = new LinkedHashMap<>();
    scheduleLines = new LinkedHashMap<>();
    workdays = new LinkedHashMap<>();
    contactResponder = new IntColumn();
    contactRole = new IntColumn();
    contactRelation = new IntColumn();
    contactElder = new IntColumn();
    contactHome = new IntColumn();
    contactArea = new IntColumn();
    words = new ArrayList<>();
    wordNumbers = new HashMap<>();
    operators = new LinkedHashMap<>();
    fences = new HashMap<>();
  }

  private Draft(Draft before) {
    isAmended = true;
    areas = before.areas.amended();
    areaParent = before.areaParent.copy();
    areaLine = before.areaLine.copy();
    homes = before.homes.amended();
    homeArea = before.homeArea.copy();
    homeLat = before.homeLat.copy();
    homeLon = before.homeLon.copy();
    elders = before.elders.amended();
    elderHome = before.elderHome.copy();
    devices = before.devices.amended();
    deviceHomeSaid = before.deviceHomeSaid.copy();
    deviceHome = before.deviceHome.copy();
    deviceElder = before.deviceElder.copy();
    deviceHub = before.deviceHub.copy();
    deviceLine = before.deviceLine.copy();
    responders = before.responders.amended();
    ways = before.ways.amended();
    elderWays = new ArrayList<>(before.elderWays);
    schedules = new LinkedHashMap<>(before.schedules);
    scheduleLines = new LinkedHashMap<>(before.scheduleLines);
    workdays = new LinkedHashMap<>(before.workdays);
    contactResponder = before.contactResponder.copy();
    contactRole = before.contactRole.copy();
    contactRelation = before.contactRelation.copy();
    contactElder = before.contactElder.copy();
    contactHome = before.contactHome.copy();
    contactArea = before.contactArea.copy();
    words = new ArrayList<>(before.words);
    wordNumbers = new HashMap<>(before.wordNumbers);
    operators = new LinkedHashMap<>(before.operators);
    fences = new HashMap<>(before.fences);
  }

  /** Adds a row and returns its number, or -1 if it is there twice; edited, it takes the place. */
  int add(RowTable table, String... values) {
    return isAmended ? table.put(values) : table.add(values);
  }

  /** The same, to be edited; this one must not change any more. */
  Draft amended() {
    return new Draft(this);
  }

  int word(String text) {
    return wordNumbers.computeIfAbsent(
        text,
        added -> {
          words.add(added);
          return words.size() - 1;
        });
  }

  /** The number by which a contact's column names a schedule. */
  int scheduleNumber(String id, int line) {
    scheduleLines.putIfAbsent(id, line);
    return SCHEDULE_BASE - List.copyOf(scheduleLines.keySet()).indexOf(id);
  }

  /** A contact that was removed keeps its number and is nobody's. */
  boolean isContactGone(int row) {
    return contactElder.get(row) < 0 && contactHome.get(row) < 0 && contactArea.get(row) < 0;
  }

  /** Takes a contact away; its number stays taken. */
  void removeContact(int row) {
    contactElder.set(row, -1);
    contactHome.set(row, -1);
    contactArea.set(row, -1);
  }

  /**
   * Where each device stands: where it says, or where its elder lives, or where its hub stands. Not
   * while hubs go round in a circle.
   */
  void placeDevices() {
    for (int row = 0; row < devices.rows(); row++) {
      int elder = deviceElder.get(row);
      int said = deviceHomeSaid.get(row);
      deviceHome.put(row, said >= 0 || elder < 0 ? said : elderHome.get(elder));
    }
    for (int row = 0; row < devices.rows(); row++) {
      int at = row;
      while (at >= 0 && deviceHome.get(at) < 0) {
        at = deviceHub.get(at);
      }
      if (at >= 0) {
        deviceHome.set(row, deviceHome.get(at));
      }
    }
  }
}
