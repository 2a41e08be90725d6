package io.shouwang.registry;

import io.shouwang.model.Directory.Way;
import io.shouwang.model.Identity;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.registry.CsvTable.Column;
import io.shouwang.registry.Schedule.Days;
import io.shouwang.yaml.Amounts;
import io.shouwang.yaml.Resemblance;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads how people are reached and who is on call: {@code ways.csv}, {@code schedules.csv}, {@code
 * exceptions.csv} and {@code holidays.csv}. One thread.
 */
final class DutyReader {
  static final int WAYS_MAX = 8;
  private static final int ADDRESS_MAX = 200;
  private static final int TURNS_MAX = 100;
  private static final Duration AFTER_MAX = Duration.ofHours(1);
  private static final ZoneId USUAL_ZONE = ZoneId.of("Asia/Shanghai");

  private final Draft draft;
  private final RowProblems problems;
  private final Map<String, Boolean> whole;
  private final Map<String, ScheduleRows> schedules = new LinkedHashMap<>();
  private final Map<String, List<WaysText.Said>> ways = new LinkedHashMap<>();

  static final List<Column> WAYS =
      PlacesReader.columns("responder", "channel", "address?", "after?", "verified?");
  static final List<Column> SCHEDULES =
      PlacesReader.columns(
          "id",
          "people",
          "start",
          "turn_days?",
          "handover?",
          "zone?",
          "hours?",
          "weekdays?",
          "days?");
  static final List<Column> EXCEPTIONS =
      PlacesReader.columns("schedule", "from", "to", "people?", "reason?");

  private static final class ScheduleRows {
    ZoneId zone = USUAL_ZONE;
    final List<Schedule.Layer> layers = new ArrayList<>();
    final List<Schedule.Swap> exceptions = new ArrayList<>();
  }

  DutyReader(Draft draft, RowProblems problems, Map<String, Boolean> whole) {
    this.draft = draft;
    this.problems = problems;
    this.whole = whole;
  }

  void ways(byte[] bytes, Pace pace) {
    new CsvTable("ways.csv", WAYS, problems).read(bytes, this::way, pace);
    finishWays();
  }

  void way(CsvRow row) {
    String id = row.id(0);
    String channel = row.id(1);
    boolean ofElders = Role.ELDER.value().equals(id);
    if (id != null && !ofElders) {
      PlacesReader.reference(row, 0, draft.responders, "responders.csv", "responder", true, whole);
    }
    String address = address(row, ofElders);
    Duration after = after(row);
    boolean verified = verified(row) || ofElders;
    if (id == null || channel == null) {
      return;
    }
    List<WaysText.Said> its = ways.computeIfAbsent(id, _ -> new ArrayList<>());
    its.add(
        new WaysText.Said(
            new Way(channel, address, after, verified || isOurs(channel)),
            verified ? row.raw(4) : ""));
    if (its.size() == WAYS_MAX + 1) {
      row.problem(0, "has more than " + WAYS_MAX + " ways", "leave the best");
    }
  }

  /** Each person's ways, in the order of their rows. */
  void finishWays() {
    ways.forEach((id, its) -> {
      if (id.equals(Role.ELDER.value())) {
        its.forEach(one -> draft.elderWays.add(one.way()));
      } else {
        draft.add(draft.ways, id, WaysText.write(its));
      }
    });
    ways.clear();
  }

  /** Whoever logs in with their own secret has proved who they are. */
  private static boolean isOurs(String channel) {
    return channel.equals(Way.MQTT.channel());
  }

  private static String address(CsvRow row, boolean ofElders) {
    String text = row.text(2, ADDRESS_MAX);
    if (ofElders && !text.isEmpty()) {
      row.problem(2, "is said for all elders", "leave it empty: each elder's own phone is called");
    }
    boolean looksLikePhone =
        !text.isEmpty() && text.chars().allMatch(c -> "+0123456789 -()".indexOf(c) >= 0);
    if (!looksLikePhone) {
      return text;
    }
    String number = PhoneNumber.normal(text);
    if (number.isEmpty()) {
      row.problem(2, "is no telephone number", "write it like +86 138 0000 0000");
    }
    return number;
  }

  private static Duration after(CsvRow row) {
    if (row.raw(3).isEmpty()) {
      return Duration.ZERO;
    }
    Optional<Duration> after = Amounts.duration(row.raw(3));
    if (after.isEmpty() || after.get().compareTo(AFTER_MAX) > 0) {
      row.problem(3, "is no time to wait", "write how long after the way before, like 40s");
    }
    return after.orElse(Duration.ZERO);
  }

  private static boolean verified(CsvRow row) {
    return !row.raw(4).isEmpty()
        && parsed(row, 4, LocalDate::parse, "a day like 2026-01-31") != null;
  }

  private static <T> @Nullable T parsed(
      CsvRow row, int column, Function<String, T> parser, String form) {
    try {
      return parser.apply(row.raw(column));
    } catch (DateTimeException e) {
      row.problem(column, "can't be read", "write " + form);
      return null;
    }
  }

  void schedules(byte[] bytes, Pace pace) {
    boolean read =
        new CsvTable("schedules.csv", SCHEDULES, problems).read(bytes, this::layer, pace);
    whole.put("schedules.csv", read);
  }

  /** Before the edited rows of a schedule that is there: what of it stays. */
  void begin(String id, boolean keepsLayers) {
    Schedule before = draft.schedules.get(id);
    if (before == null && !schedules.containsKey(id)) {
      return;
    }
    ScheduleRows rows = schedules.computeIfAbsent(id, _ -> new ScheduleRows());
    if (!keepsLayers) {
      rows.exceptions.addAll(before == null ? List.of() : before.exceptions());
      return;
    }
    rows.exceptions.clear(); // a schedule that was edited along with them brought the old ones
    if (rows.layers.isEmpty() && before != null) {
      rows.zone = before.zone();
      rows.layers.addAll(before.layers());
    }
  }

  void layer(CsvRow row) {
    String id = row.id(0);
    List<List<ResponderId>> turns = turns(row, 1);
    LocalDate start = parsed(row, 2, LocalDate::parse, "the first day, like 2026-01-31");
    int turnDays = turnDays(row);
    LocalTime handover = time(row, 4, "08:00");
    ZoneId zone = row.raw(5).isEmpty() ? USUAL_ZONE : parsed(row, 5, ZoneId::of, "Asia/Shanghai");
    LocalTime[] hours = hours(row, 6);
    Set<DayOfWeek> weekdays = weekdays(row);
    Days days = days(row);
    if (id == null || start == null || handover == null || zone == null || turns.isEmpty()) {
      return;
    }
    ScheduleRows rows = schedules.computeIfAbsent(id, _ -> new ScheduleRows());
    if (!rows.layers.isEmpty() && !rows.zone.equals(zone)) {
      row.problem(5, "differs from the rows above", "one schedule has one zone");
    }
    rows.zone = zone;
    rows.layers.add(
        new Schedule.Layer(start, turnDays, handover, turns, hours[0], hours[1], weekdays, days));
  }

  /** {@code a b+c d}: a, then b and c together, then d. */
  private List<List<ResponderId>> turns(CsvRow row, int column) {
    List<List<ResponderId>> turns = new ArrayList<>();
    for (String turn : words(row, column)) {
      List<ResponderId> people = new ArrayList<>();
      for (String name : turn.split("\\+", -1)) {
        if (!Identity.isValid(name) || draft.responders.find(name) < 0) {
          row.problem(column, "names " + name + ", who is no responder", "see responders.csv");
        } else {
          people.add(new ResponderId(name));
        }
      }
      turns.add(List.copyOf(people));
    }
    if (turns.isEmpty() || turns.size() > TURNS_MAX) {
      row.problem(column, "names nobody or too many", "name 1 to 100, with blanks between");
    }
    return turns;
  }

  private static List<String> words(CsvRow row, int column) {
    return Stream.of(row.raw(column).split("[ ;|]+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static int turnDays(CsvRow row) {
    String text = row.raw(3);
    return switch (text) {
      case "", "daily" -> 1;
      case "weekly" -> 7;
      default -> {
        try {
          int days = Integer.parseInt(text);
          if (days >= 1 && days <= 366) {
            yield days;
          }
        } catch (NumberFormatException e) {
          // falls through to the one answer for every wrong number
        }
        row.problem(3, "is no length of a turn", "write daily, weekly, or days from 1 to 366");
        yield 1;
      }
    };
  }

  private static @Nullable LocalTime time(CsvRow row, int column, String usual) {
    String text = row.raw(column).isEmpty() ? usual : row.raw(column);
    Optional<LocalTime> time = Amounts.timeOfDay(text);
    if (time.isEmpty()) {
      row.problem(column, "is no time of day", "write hours and minutes, like 08:00");
    }
    return time.orElse(null);
  }

  /** {@code 22:00-07:00}: two times, or two nulls if nothing is said. */
  static LocalTime[] hours(CsvRow row, int column) {
    LocalTime[] none = new LocalTime[2];
    if (row.raw(column).isEmpty()) {
      return none;
    }
    String[] parts = row.raw(column).split("-", -1);
    if (parts.length == 2) {
      Optional<LocalTime> from = Amounts.timeOfDay(parts[0].strip());
      Optional<LocalTime> to = Amounts.timeOfDay(parts[1].strip());
      if (from.isPresent() && to.isPresent() && !from.equals(to)) {
        return new LocalTime[] {from.get(), to.get()};
      }
    }
    row.problem(column, "is no part of a day", "write it like 22:00-07:00");
    return none;
  }

  private static Set<DayOfWeek> weekdays(CsvRow row) {
    Set<DayOfWeek> found = EnumSet.noneOf(DayOfWeek.class);
    List<String> known =
        Stream.of(DayOfWeek.values()).map(day -> day.name().toLowerCase(Locale.ROOT)).toList();
    for (String word : words(row, 7)) {
      if (known.contains(word)) {
        found.add(DayOfWeek.valueOf(word.toUpperCase(Locale.ROOT)));
      } else {
        row.problem(7, "names no day of the week", Resemblance.hint(word, known));
      }
    }
    return found;
  }

  private static Days days(CsvRow row) {
    List<String> known =
        Stream.of(Days.values()).map(days -> days.name().toLowerCase(Locale.ROOT)).toList();
    String word = row.raw(8).isEmpty() ? known.getFirst() : row.raw(8);
    if (!known.contains(word)) {
      row.problem(8, "is no kind of days", Resemblance.hint(word, known));
      return Days.ALL;
    }
    return Days.valueOf(word.toUpperCase(Locale.ROOT));
  }

  void exceptions(byte[] bytes, Pace pace) {
    new CsvTable("exceptions.csv", EXCEPTIONS, problems).read(bytes, this::exception, pace);
  }

  void exception(CsvRow row) {
    String id = row.id(0);
    LocalDateTime from = parsed(row, 1, LocalDateTime::parse, "2026-01-31T08:00");
    LocalDateTime to = parsed(row, 2, LocalDateTime::parse, "2026-01-31T20:00");
    List<ResponderId> people =
        row.raw(3).isEmpty() ? List.of() : turns(row, 3).stream().flatMap(List::stream).toList();
    String reason = row.text(4, ADDRESS_MAX);
    ScheduleRows rows = id == null ? null : schedules.get(id);
    if (id != null && rows == null && whole.getOrDefault("schedules.csv", true)) {
      row.problem(0, "is no schedule", "add it to schedules.csv or correct it");
    }
    if (from != null && to != null && !to.isAfter(from)) {
      row.problem(2, "is not after from", "correct one of them");
    } else if (rows != null && from != null && to != null) {
      rows.exceptions.add(new Schedule.Swap(from, to, people, reason));
    }
  }

  void holidays(byte[] bytes) {
    var columns = PlacesReader.columns("date", "kind", "name?");
    new CsvTable("holidays.csv", columns, problems)
        .read(
            bytes,
            row -> {
              LocalDate day = parsed(row, 0, LocalDate::parse, "a day like 2026-10-01");
              String kind = row.raw(1);
              if (!kind.equals("holiday") && !kind.equals("workday")) {
                row.problem(1, "is no kind of day", "write holiday or workday");
              } else if (day != null) {
                draft.workdays.put(day, kind.equals("workday"));
              }
              row.text(2, ADDRESS_MAX);
            });
  }

  /** Puts the schedules together. */
  void finishSchedules() {
    schedules.forEach((id, rows) ->
        draft.schedules.put(
            id, new Schedule(rows.zone, rows.layers, rows.exceptions, draft.workdays)));
    schedules.clear();
  }

  /** Puts the schedules together, and finds contacts that name one that isn't there. */
  void finish() {
    finishSchedules();
    draft.scheduleLines.forEach((id, line) -> {
      if (!draft.schedules.containsKey(id) && whole.getOrDefault("schedules.csv", true)) {
        problems.add(
            "contacts.csv",
            line,
            "responder",
            "@" + id,
            "is no schedule",
            "add it to schedules.csv or correct it");
      }
    });
  }
}
