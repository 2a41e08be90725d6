package io.shouwang.drills;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Asked;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.model.AlertId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who answered when, read off the timelines of a drill's alerts.
 *
 * @param running whether one of its alerts is still open
 * @param messages that went out to people
 * @param heldBack that the budget or a channel's reserve held back
 */
public record DrillReport(
    String drill,
    ResponderId by,
    Instant startedAt,
    Instant endsAt,
    boolean running,
    int messages,
    int heldBack,
    List<OfHome> homes) {

  /**
   * One home's exercise.
   *
   * @param answeredAfter until the first accept; null if nobody accepted
   */
  public record OfHome(
      HomeId home, AlertId alert, @Nullable Duration answeredAfter, List<OfPerson> people) {}

  /**
   * One person who was rung.
   *
   * @param rungAfter since the alert began
   * @param channels by which, in order
   * @param reached how far the messages came
   * @param answer their first answer; null if they gave none
   * @param answeredAfter since they were rung first
   */
  public record OfPerson(
      ResponderId responder,
      Role role,
      Duration rungAfter,
      Set<String> channels,
      Asked.Reached reached,
      Reply.@Nullable Answer answer,
      @Nullable Duration answeredAfter) {}

  /** The drill that raised an alert; null if none did. */
  static Fact.@Nullable ExerciseBegan beganOf(Alert alert) {
    if (!alert.marks().exercise()) {
      return null;
    }
    for (Entry entry : alert.timeline()) {
      if (entry.fact() instanceof Fact.ExerciseBegan began) {
        return began;
      }
    }
    return null;
  }

  /**
   * The report over a drill's alerts.
   *
   * @param alerts of one drill, at least one
   */
  static DrillReport of(List<Alert> alerts) {
    Fact.ExerciseBegan began = beganOf(alerts.getFirst());
    if (began == null) {
      throw new IllegalArgumentException("not of a drill: " + alerts.getFirst().id());
    }
    int messages = 0;
    int heldBack = 0;
    Instant startedAt = Instant.MAX;
    List<OfHome> homes = new ArrayList<>();
    for (Alert alert : alerts) {
      startedAt = alert.raisedAt().isBefore(startedAt) ? alert.raisedAt() : startedAt;
      int held = 0;
      int started = 0;
      for (Entry entry : alert.timeline()) {
        if (entry.fact() instanceof Fact.DeliveryStarted delivery && isToPerson(delivery)) {
          started++;
        } else if (entry.fact() instanceof Fact.DeliveryEnded ended
            && ended.outcome() instanceof Outcome.HeldBack) {
          held++;
        }
      }
      messages += started - held;
      heldBack += held;
      homes.add(ofHome(alert));
    }
    return new DrillReport(
        began.drill(),
        began.by(),
        startedAt,
        began.endsAt(),
        alerts.stream().anyMatch(Alert::isOpen),
        messages,
        heldBack,
        List.copyOf(homes));
  }

  private static boolean isToPerson(Fact.DeliveryStarted delivery) {
    return delivery.to() instanceof Delivery.ToResponder;
  }

  private static OfHome ofHome(Alert alert) {
    Map<ResponderId, Instant> rungAt = new LinkedHashMap<>();
    Map<ResponderId, Set<String>> channels = new LinkedHashMap<>();
    Map<ResponderId, Fact.Replied> answers = new LinkedHashMap<>();
    Map<ResponderId, Instant> answeredAt = new LinkedHashMap<>();
    Instant accepted = null;
    for (Entry entry : alert.timeline()) {
      Instant at = entry.stamp().now();
      switch (entry.fact()) {
        case Fact.DeliveryStarted started
            when started.to() instanceof Delivery.ToResponder to && started.cause().isRing() -> {
          rungAt.putIfAbsent(to.responder(), at);
          channels
              .computeIfAbsent(to.responder(), _ -> new LinkedHashSet<>())
              .add(started.channel());
        }
        case Fact.Replied replied -> {
          answers.putIfAbsent(replied.by(), replied);
          answeredAt.putIfAbsent(replied.by(), at);
          boolean accepts = replied.answer() == Reply.Answer.ACCEPT;
          accepted = accepted == null && accepts ? at : accepted;
        }
        default -> {}
      }
    }
    List<OfPerson> people = new ArrayList<>();
    for (Asked asked : alert.asked()) {
      ResponderId who = asked.responder();
      Instant rung = rungAt.getOrDefault(who, asked.lastRungAt());
      Fact.Replied answer = answers.get(who);
      Instant answered = answeredAt.get(who);
      people.add(
          new OfPerson(
              who,
              asked.role(),
              Duration.between(alert.raisedAt(), rung),
              channels.getOrDefault(who, Set.of()),
              asked.reached(),
              answer == null ? null : answer.answer(),
              answered == null ? null : Duration.between(rung, answered)));
    }
    return new OfHome(
        alert.home(),
        alert.id(),
        accepted == null ? null : Duration.between(alert.raisedAt(), accepted),
        List.copyOf(people));
  }
}
