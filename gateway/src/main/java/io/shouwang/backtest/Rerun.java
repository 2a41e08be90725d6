package io.shouwang.backtest;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.World;
import io.shouwang.engine.Decided;
import io.shouwang.engine.Replay;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a journal's inputs make under given rules. Events, calls, modes, contacts, replies and
 * activations are taken as recorded; the passing of time is not, since other rules have other
 * deadlines: each comes at its own virtual moment. One thread.
 */
final class Rerun {
  private static final long LOOK_SPREAD_MILLIS = 60_000;

  private final JournalledAlerts journalled;
  private final Replay.Worlds worlds;
  private final Duration handledAfter;
  private final Function<Alert, String> why;
  private final Map<HomeId, HomeRun> runs = new HashMap<>();
  private final List<Raising> raisings = new ArrayList<>();
  private final HomeRun.Course course = new Journalled();
  private @Nullable World world;
  private String registryHash = "";
  private String settingsHash = "";

  /**
   * @param journalled what the whole journal says of alerts
   * @param worlds where rules and registry of a time are found
   * @param handledAfter after this, an alert that nobody in the journal closed counts as closed
   * @param why says why an alert is
   */
  Rerun(
      JournalledAlerts journalled,
      Replay.Worlds worlds,
      Duration handledAfter,
      Function<Alert, String> why) {
    this.journalled = journalled;
    this.worlds = worlds;
    this.handledAfter = handledAfter;
    this.why = why;
  }

  /** What rang so far. */
  List<Raising> raisings() {
    return List.copyOf(raisings);
  }

  /** How many inputs could not be decided. */
  long undecided() {
    return runs.values().stream().mapToLong(HomeRun::undecided).sum();
  }

  /** Goes by what is in force now, where the journal's beginning, which said so, is gone. */
  void begin() {
    world = worlds.of(registryHash, settingsHash);
  }

  /**
   * Takes a record; in the journal's order.
   *
   * @param decides if not, what was decided then is taken over: around it, something is missing
   */
  void take(Decided then, boolean decides) {
    Instant now = then.stamp().now();
    Input input = then.input();
    switch (input) {
      case Input.RegistryActivated activated -> {
        registryHash = activated.hash();
        activate(now, decides);
      }
      case Input.SettingsActivated activated -> {
        settingsHash = activated.hash();
        activate(now, decides);
      }
      case Input.Started _ -> {
        if (decides) {
          lookAtAll(now);
        }
      }
      default -> {
        World in = world;
        if (in == null || !decides) {
          HomeId home = then.home();
          if (home != null) {
            run(home).apply(then);
          }
        } else {
          decide(in, then, now.toEpochMilli());
        }
      }
    }
  }

  /** Lets time pass for all homes. */
  void advance(Instant to) {
    World in = world;
    if (in != null) {
      List.copyOf(runs.values()).forEach(run -> run.advance(in, to.toEpochMilli()));
    }
  }

  /** Asks the rules about every home, as the engine does when it starts or its rules change. */
  void lookAtAll(Instant now) {
    World in = world;
    if (in != null) {
      in.directory()
          .eachHome(home -> {
            long spread = Math.floorMod(home.hashCode() * 0x9E3779B97F4A7C15L, LOOK_SPREAD_MILLIS);
            run(home).lookBy(now.toEpochMilli() + spread);
          });
    }
  }

  private void activate(Instant now, boolean decides) {
    if (!registryHash.isEmpty() && !settingsHash.isEmpty()) {
      if (decides) {
        advance(now);
      }
      world = worlds.of(registryHash, settingsHash);
      if (decides) {
        lookAtAll(now);
      }
    }
  }

  private void decide(World in, Decided then, long now) {
    switch (then.input()) {
      case Input.TimePassed _,
          Input.TroubleNoticed _,
          Input.FoundByAudit _,
          Input.IncidentNoticed _,
          Input.AlertForwarded _,
          Input.CountyHeard _ -> {
        // followed from that run alone
      }
      case Input.EventReceived(var event) ->
          run(Core.homeOf(in.directory(), event)).take(in, then.input(), now);
      case Input.ReplyReceived reply -> reply(in, reply, now);
      case Input.DeliveryReported(DeliveryKey key, var outcome) -> {
        HomeRun run = runOf(key.alert());
        if (run != null) {
          run.advance(in, now);
          journalled
              .inRerun(run.home(), key.alert())
              .map(id -> new Input.DeliveryReported(new DeliveryKey(id, key.number()), outcome))
              .ifPresent(input -> run.take(in, input, now));
        }
      }
      default -> {
        HomeId home = then.home();
        if (home != null) {
          run(home).take(in, then.input(), now);
        }
      }
    }
  }

  private void reply(World in, Input.ReplyReceived received, long now) {
    Reply reply = received.reply();
    HomeRun run = runOf(reply.alert());
    if (run == null) {
      return;
    }
    run.advance(in, now);
    journalled
        .inRerun(run.home(), reply.alert())
        .map(id ->
            new Input.ReplyReceived(
                new Reply(
                    reply.id(),
                    id,
                    reply.answer(),
                    reply.etaMin(),
                    reply.disposition(),
                    reply.note(),
                    reply.passedAt()),
                received.by(),
                received.dispatcher(),
                received.channel()))
        .ifPresent(input -> run.take(in, input, now));
  }

  private @Nullable HomeRun runOf(AlertId alert) {
    HomeId home = journalled.homeOf(alert);
    return home == null ? null : runs.get(home);
  }

  private HomeRun run(HomeId home) {
    return runs.computeIfAbsent(home, id -> new HomeRun(Home.empty(id), true, course));
  }

  private final class Journalled implements HomeRun.Course {
    @Override
    public void raised(HomeRun run, Alert alert) {
      if (alert.marks().synthetic()) {
        return; // the gateway's own, once a minute, whatever the rules
      }
      raisings.add(
          new Raising(
              alert.raisedAt(),
              alert.home(),
              alert.id(),
              alert.kind(),
              alert.severity(),
              alert.subject(),
              alert.ladder().name(),
              why.apply(alert)));
    }

    @Override
    public Instant handledAt(Alert alert) {
      Instant closed = journalled.closedAt(alert);
      return closed == null ? alert.raisedAt().plus(handledAfter) : closed.plusSeconds(1);
    }
  }
}
