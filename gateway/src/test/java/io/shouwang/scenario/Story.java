package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.World;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Stamp;
import io.shouwang.rules.Limits;
import io.shouwang.rules.RuleSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A story on virtual time: {@code at("08:00:00").pressedBy("lin-button")}. Each deadline the homes
 * state is fed at its exact moment. Every ring must be expected at its very second: a missing, late
 * or surplus one fails.
 */
final class Story {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

  /** What reached somebody. */
  record Heard(Instant when, Delivery delivery) {}

  private final Map<HomeId, CheckedHome> homes = new LinkedHashMap<>();
  private final List<Heard> unheard = new ArrayList<>();
  private final List<Delivery> toDevices = new ArrayList<>();
  private Village village = Village.inPeace();
  private World world = village.world();
  private Instant now = MIDNIGHT;
  private long number;
  private Answer answer = new Answer.Taken();
  private @Nullable Alert latest;

  Person person(String name) {
    return new Person(this, Village.id(name));
  }

  Instant now() {
    return now;
  }

  static Instant time(String clock) {
    int day = 0;
    String time = clock;
    if (clock.startsWith("day ")) {
      int space = clock.indexOf(' ', 4);
      day = Integer.parseInt(clock.substring(4, space)) - 1;
      time = clock.substring(space + 1);
    }
    return MIDNIGHT
        .plus(Duration.ofDays(day))
        .plus(Duration.between(MIDNIGHT, Instant.parse("2026-03-02T" + time + "Z")));
  }

  /** Lets time pass up to here; whatever was due before must have been expected before. */
  Story at(String clock) {
    return at(time(clock));
  }

  Story at(Instant when) {
    nobodyElseIsRung();
    assertFalse(when.isBefore(now), "time goes back");
    for (Instant due = deadline(); due != null && !due.isAfter(when); due = deadline()) {
      if (due.isAfter(now)) {
        nobodyElseIsRung();
        now = due;
      }
      passTime();
    }
    if (when.isAfter(now)) {
      nobodyElseIsRung();
    }
    now = when;
    return this;
  }

  /** The house was without power: what was due meanwhile is decided only now. */
  Story standsStillUntil(String clock) {
    nobodyElseIsRung();
    now = time(clock);
    passTime();
    return this;
  }

  /** Time passes, and what is due is not decided: the test does it by hand. */
  Story standsStillWithout(String clock) {
    nobodyElseIsRung();
    now = time(clock);
    return this;
  }

  private void passTime() {
    for (CheckedHome home : List.copyOf(homes.values())) {
      Instant due = home.deadline();
      if (due != null && !due.isAfter(now)) {
        decide(home, new Input.TimePassed(home.home().id()));
      }
    }
  }

  private @Nullable Instant deadline() {
    Instant earliest = null;
    for (CheckedHome home : homes.values()) {
      Instant due = home.deadline();
      if (due != null && (earliest == null || due.isBefore(earliest))) {
        earliest = due;
      }
    }
    return earliest;
  }

  /** These desks, and nobody else, every minute up to and with a moment. */
  Story everyMinuteUntil(String clock, Person... desks) {
    return everyMinuteUntil(time(clock), desks);
  }

  Story everyMinuteUntil(Instant last, Person... desks) {
    for (Instant next = now.plusSeconds(60); !next.isAfter(last); next = next.plusSeconds(60)) {
      at(next);
      Arrays.stream(desks).forEach(Person::hearsRinging);
      nobodyElseIsRung();
    }
    return this;
  }

  Story pressedBy(String device) {
    return says(Said.press(device));
  }

  Story says(Said said) {
    HomeId id = Core.homeOf(world.directory(), said.event());
    decide(home(id), new Input.EventReceived(said.event()));
    return this;
  }

  /** Another generation of the registry is in force from here. */
  Story registry(Village next) {
    village = next;
    world = next.world();
    return this;
  }

  /** This ladder for every alarm, this one for all else, from here. */
  Story ladders(Ladder alarms, Ladder other) {
    Map<Kind, Ladder> byKind =
        Map.of(Kind.SOS, alarms, Kind.FALL, alarms, Kind.SMOKE, alarms, Kind.GAS, alarms);
    world = new World(village, world.rules(), new Ladders(byKind, other, Village.DESK));
    return this;
  }

  Story settings(RuleSettings settings) {
    world = village.world(settings);
    return this;
  }

  /** These limits hold from here, and all rules are on. */
  Story limits(Limits limits) {
    world = village.world(RuleSettings.STANDARD, limits);
    return this;
  }

  Village village() {
    return village;
  }

  /** This holds from here: a registry that was read, ladders and a time zone. */
  Story world(World next) {
    world = next;
    return this;
  }

  /** A dispatcher opens what was closed. */
  Story reopened(Alert alert, @Nullable String id) {
    return input(
        alert.home(),
        new Input.AlertReopened(
            alert.id(), id, Village.id("operator"), true, "test", "it isn't over"));
  }

  /** A dispatcher has one go on in the other. */
  Story merged(Alert from, Alert into) {
    return input(
        into.home(),
        new Input.AlertsMerged(into.id(), from.id(), null, Village.id("operator"), true, "test"));
  }

  World world() {
    return world;
  }

  Story input(HomeId id, Input input) {
    decide(home(id), input);
    return this;
  }

  CheckedHome home(HomeId id) {
    return homes.computeIfAbsent(id, CheckedHome::new);
  }

  Stamp stamp() {
    return new Stamp(++number, now);
  }

  private void decide(CheckedHome home, Input input) {
    heard(home, home.decide(world, input, stamp()));
  }

  /** The decision of this input throws, by somebody's mistake. */
  Story cannotBeDecided(HomeId id, Input input) {
    heard(home(id), home(id).fail(world, input, stamp(), Duration.ZERO));
    return this;
  }

  private void heard(CheckedHome home, Decision decision) {
    answer = decision.answer();
    for (Effect effect : Effect.of(decision.facts(), home.home())) {
      switch (effect.delivery().to()) {
        case Delivery.ToResponder _ -> unheard.add(new Heard(now, effect.delivery()));
        case Delivery.ToDevice _ -> toDevices.add(effect.delivery());
      }
    }
    Home after = decision.home();
    if (!after.alerts().isEmpty()) {
      latest = after.alerts().getLast();
    }
  }

  HomeId homeOf(AlertId alert) {
    return homes.values().stream()
        .filter(home -> home.home().alert(alert).isPresent())
        .findFirst()
        .orElseThrow()
        .home()
        .id();
  }

  void replies(ResponderId by, Reply reply, boolean dispatcher) {
    for (CheckedHome home : List.copyOf(homes.values())) {
      if (home.home().alert(reply.alert()).isPresent()) {
        decide(home, new Input.ReplyReceived(reply, by, dispatcher, "test"));
        return;
      }
    }
    fail("no home has " + reply.alert());
  }

  Heard take(ResponderId who, boolean ring) {
    for (Heard heard : unheard) {
      if (heard.delivery().to() instanceof Delivery.ToResponder to
          && to.responder().equals(who)
          && heard.delivery().cause().isRing() == ring) {
        unheard.remove(heard);
        return heard;
      }
    }
    return fail(
        "at " + now + " " + who + (ring ? " is not rung" : " is told nothing") + " but " + unheard);
  }

  /** All rings so far were expected; who is only told something is not looked at. */
  Story nobodyElseIsRung() {
    List<Heard> surplus = unheard.stream().filter(h -> h.delivery().cause().isRing()).toList();
    assertEquals(List.of(), surplus, "surplus ring");
    unheard.clear();
    return this;
  }

  /** The messages that went down to a device since this was last asked. */
  List<Delivery.Cause> told(String device) {
    List<Delivery.Cause> causes = new ArrayList<>();
    for (Delivery delivery : List.copyOf(toDevices)) {
      Delivery.ToDevice to = (Delivery.ToDevice) delivery.to();
      if (to.device().equals(new DeviceId(device))) {
        causes.add(delivery.cause());
        toDevices.remove(delivery);
      }
    }
    return causes;
  }

  /** The alert that began last in the home decided last, as it stands now. */
  Alert alert() {
    Alert alert = latest;
    if (alert == null) {
      return fail("there is no alert");
    }
    return home(alert.home()).home().alert(alert.id()).orElseThrow();
  }

  List<Alert> openAlerts() {
    return homes.values().stream()
        .flatMap(home -> home.home().alerts().stream())
        .filter(Alert::isOpen)
        .toList();
  }

  Answer answer() {
    return answer;
  }
}
