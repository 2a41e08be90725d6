package io.shouwang.console;

import io.shouwang.model.Directory;
import io.shouwang.model.ResponderId;
import io.shouwang.registry.Entry;
import io.shouwang.registry.Order;
import io.shouwang.registry.Registry;
import io.shouwang.registry.Roster;
import io.shouwang.registry.Section;
import io.shouwang.registry.Shift;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Somebody on call instead of somebody else, as an edit of a schedule's exceptions. */
final class ShiftSwap {
  private static final Duration KEPT = Duration.ofDays(400);

  private ShiftSwap() {}

  /**
   * The edit.
   *
   * @throws Problem 400 or 409 if it can't be so
   */
  static Order.Wanted wanted(
      Registry now,
      Instant at,
      String schedule,
      Instant from,
      Instant to,
      ResponderId out,
      ResponderId in,
      String reason) {
    requireReachable(now, in);
    Roster roster = new Roster(now);
    ZoneId zone = roster.zone(schedule);
    Entry before = now.entry(Section.EXCEPTIONS, schedule);
    List<Map<String, String>> rows = new ArrayList<>();
    for (Map<String, String> row : before.rows()) {
      if (end(row, zone).isAfter(at.minus(KEPT))) {
        rows.add(row);
      }
    }
    for (Shift shift : roster.shifts(schedule, from, to)) {
      if (!shift.people().contains(out)) {
        throw conflict("not-on-call", "who goes isn't on call in all of this time");
      }
      if (shift.people().contains(in)) {
        throw conflict("on-call-already", "who comes is on call then already");
      }
      Set<String> people = new LinkedHashSet<>();
      shift.people().forEach(who -> people.add((who.equals(out) ? in : who).value()));
      rows.add(
          Map.of(
              "from", local(shift.from(), zone),
              "to", local(shift.to(), zone),
              "people", String.join("+", people),
              "reason", reason));
    }
    return new Order.Wanted(new Entry(Section.EXCEPTIONS, schedule, rows), before.version());
  }

  /** When a swap is over. */
  static Instant end(Map<String, String> row, ZoneId zone) {
    return LocalDateTime.parse(row.getOrDefault("to", "")).atZone(zone).toInstant();
  }

  private static String local(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDateTime().toString();
  }

  static Problem conflict(String type, String detail) {
    return new Problem(409, type, "This shift can't be swapped so", detail);
  }

  /** Whom no ladder counts on can't be put on call. */
  private static void requireReachable(Registry now, ResponderId in) {
    if (now.responder(in) == null) {
      throw Problem.badRequest("in must be a responder of the registry");
    }
    if (!isReachable(now, in)) {
      throw conflict("not-reachable", "who comes has no verified way to be reached");
    }
  }

  static boolean isReachable(Registry now, ResponderId responder) {
    return now.ways(responder).stream().anyMatch(Directory.Way::verified);
  }
}
