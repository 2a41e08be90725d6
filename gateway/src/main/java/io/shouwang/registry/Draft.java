package io.shouwang.registry;

import io.shouwang.model.Directory.Way;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A registry while it is being read: tables and, row by row, what each refers to. One thread. */
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

  final RowTable areas = new RowTable(3);
  final IntColumn areaParent = new IntColumn();
  final IntColumn areaLine = new IntColumn();

  final RowTable homes = new RowTable(5);
  final IntColumn homeArea = new IntColumn();

  /** In ten millionths of a degree; {@link #NOWHERE} where not said. */
  final IntColumn homeLat = new IntColumn();

  final IntColumn homeLon = new IntColumn();

  final RowTable elders = new RowTable(7);
  final IntColumn elderHome = new IntColumn();

  final RowTable devices = new RowTable(3);
  final IntColumn deviceHome = new IntColumn();
  final IntColumn deviceElder = new IntColumn();
  final IntColumn deviceHub = new IntColumn();
  final IntColumn deviceLine = new IntColumn();

  final RowTable responders = new RowTable(6);
  final RowTable ways = new RowTable(2);

  /** How every elder is called, by the elder's own phone. */
  final List<Way> elderWays = new ArrayList<>();

  final Map<String, Schedule> schedules = new LinkedHashMap<>();

  /** The schedules that contacts name, in the order of their numbers, and where first. */
  final Map<String, Integer> scheduleLines = new LinkedHashMap<>();

  final IntColumn contactResponder = new IntColumn();
  final IntColumn contactRole = new IntColumn();
  final IntColumn contactRelation = new IntColumn();
  final IntColumn contactElder = new IntColumn();
  final IntColumn contactHome = new IntColumn();
  final IntColumn contactArea = new IntColumn();

  /** Words that many contacts share, each kept once. */
  final List<String> words = new ArrayList<>();

  private final Map<String, Integer> wordNumbers = new HashMap<>();

  final Map<String, Operator> operators = new LinkedHashMap<>();

  /** Few elders have any. */
  final Map<ElderId, List<Fence>> fences = new HashMap<>();

  int word(String text) {
    return wordNumbers.computeIfAbsent(
        text,
        added -> {
          words.add(added);
          return words.size() - 1;
        });
  }
}
