package io.shouwang.drills;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Fact;
import io.shouwang.host.Clock;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.model.AlertId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans drills, ends them, and reads off how they went. All that must survive a restart stands in
 * the alerts themselves. Any thread.
 */
public final class Drills {
  private static final String DISPOSITION = "exercise";
  private static final String CHANNEL = "drill";

  private final AlertBook alerts;
  private final Clock clock;

  public Drills(AlertBook alerts, Clock clock) {
    this.alerts = alerts;
    this.clock = clock;
  }

  /**
   * What an order comes to: one exercise for each home. The homes are drawn by the drill's id, the
   * same each time; one that has an open alert is left in peace.
   *
   * @return empty if the area has no home to exercise in
   */
  public List<Input.ExerciseOrdered> plan(DrillOrder order, Directory directory, ResponderId by) {
    Set<HomeId> busy = busy(order);
    List<HomeId> homes = new ArrayList<>();
    directory.eachHome(id -> {
      Directory.Home card = directory.home(id);
      if (card != null
          && !busy.contains(id)
          && directory.areaPath(card.area()).contains(order.area())) {
        homes.add(id);
      }
    });
    return homes.stream()
        .sorted(Comparator.comparingInt((HomeId id) -> lot(order, id)).thenComparing(h -> h))
        .limit(order.homes())
        .map(home -> exercise(order, home, by))
        .toList();
  }

  /** The same for one home that was chosen; empty if it has an open alert. */
  public List<Input.ExerciseOrdered> plan(DrillOrder order, HomeId home, ResponderId by) {
    return busy(order).contains(home) ? List.of() : List.of(exercise(order, home, by));
  }

  private Input.ExerciseOrdered exercise(DrillOrder order, HomeId home, ResponderId by) {
    Instant endsAt = clock.wall().plus(order.lasts());
    return new Input.ExerciseOrdered(order.id(), home, order.kind(), by, endsAt, order.messages());
  }

  private Set<HomeId> busy(DrillOrder order) {
    Set<HomeId> busy = new HashSet<>();
    alerts.open().stream()
        .map(AlertBook.Seen::alert)
        .filter(alert -> !isOf(order.id(), alert))
        .forEach(alert -> busy.add(alert.home()));
    return busy;
  }

  private static int lot(DrillOrder order, HomeId home) {
    return Integer.reverse((order.id() + ' ' + home.value()).hashCode() * 0x9E3779B9);
  }

  static boolean isOf(String drill, Alert alert) {
    Fact.ExerciseBegan began = DrillReport.beganOf(alert);
    return began != null && began.drill().equals(drill);
  }

  /** The drills that still have an open alert. */
  public List<DrillReport> running() {
    return ofDrills(alerts.open().stream()).keySet().stream()
        .map(this::report)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Those whose alerts are at hand, the latest first. */
  public List<DrillReport> known() {
    return ofDrills(Stream.concat(alerts.open().stream(), alerts.closed().stream()))
        .values()
        .stream()
        .map(its -> its.stream().sorted(Comparator.comparing(Alert::home)).toList())
        .map(DrillReport::of)
        .sorted(Comparator.comparing(DrillReport::startedAt).reversed())
        .toList();
  }

  /** How a drill goes or went; empty when its alerts are no longer at hand. */
  public Optional<DrillReport> report(String drill) {
    List<Alert> its =
        ofDrills(Stream.concat(alerts.open().stream(), alerts.closed().stream()))
            .getOrDefault(drill, List.of());
    return its.isEmpty()
        ? Optional.empty()
        : Optional.of(
            DrillReport.of(its.stream().sorted(Comparator.comparing(Alert::home)).toList()));
  }

  private static Map<String, List<Alert>> ofDrills(Stream<AlertBook.Seen> seen) {
    Map<AlertId, Alert> latest = new LinkedHashMap<>();
    seen.forEach(one -> latest.put(one.alert().id(), one.alert()));
    Map<String, List<Alert>> drills = new LinkedHashMap<>();
    for (Alert alert : latest.values()) {
      Fact.ExerciseBegan began = DrillReport.beganOf(alert);
      if (began != null) {
        drills.computeIfAbsent(began.drill(), _ -> new ArrayList<>()).add(alert);
      }
    }
    return drills;
  }

  /** What is needed to end a drill now. */
  public List<Input.ReplyReceived> endOf(String drill) {
    return alerts.open().stream()
        .map(AlertBook.Seen::alert)
        .filter(alert -> isOf(drill, alert))
        .map(Drills::end)
        .toList();
  }

  /** Ends what has lasted long enough; to be called every few seconds. */
  public void tend(Intake intake) {
    Instant now = clock.wall();
    for (AlertBook.Seen seen : alerts.open()) {
      Fact.ExerciseBegan began = DrillReport.beganOf(seen.alert());
      if (began != null && !began.endsAt().isAfter(now)) {
        // A full lane takes it the next time: it is asked again until the alert is closed.
        boolean _ =
            intake.offer(
                new Submission(end(seen.alert()), Lane.ALARM, clock.nanos(), Acknowledgement.NONE));
      }
    }
  }

  /** How many exercises are open, of all drills. */
  public int exercising() {
    return (int)
        alerts.open().stream().filter(seen -> DrillReport.beganOf(seen.alert()) != null).count();
  }

  /** Its end is said once; after it was opened again, once more. */
  private static long reopened(Alert alert) {
    return alert.timeline().stream().filter(entry -> entry.fact() instanceof Fact.Reopened).count();
  }

  private static Input.ReplyReceived end(Alert alert) {
    Fact.ExerciseBegan began = DrillReport.beganOf(alert);
    if (began == null) {
      throw new IllegalArgumentException("not of a drill: " + alert.id());
    }
    Reply reply =
        new Reply(
            "end-" + alert.id() + "-" + reopened(alert),
            alert.id(),
            Reply.Answer.DONE,
            null,
            DISPOSITION,
            "end of drill");
    return new Input.ReplyReceived(reply, began.by(), true, CHANNEL);
  }
}
