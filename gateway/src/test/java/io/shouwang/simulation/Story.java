package io.shouwang.simulation;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.simulation.DiskFault.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One seed's story: people and devices live through some minutes in which lines, disk, power and
 * clocks fail; then nothing fails any more, and every alert must reach a human and be closed.
 */
final class Story {
  /** By then all is well again, whoever promised what: two promises that lapse, and some rings. */
  private static final Duration CALM_MOST = Duration.ofHours(5);

  /**
   * How it went.
   *
   * @param hash the same for the same story
   * @param counts how often what happened
   */
  record Ending(String hash, Map<String, Integer> counts) {}

  private final Random random;
  private final SimulatedClock clock = new SimulatedClock();
  private final Agenda agenda;
  private final Trace trace;
  private final SimulatedDisk disk = new SimulatedDisk();
  private final SimulatedGateway gateway;
  private final Cast cast;
  private final List<Client.Sending> acknowledged = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final long turmoilNanos;
  private boolean calm;

  private Story(Seed seed, Mutant mutant) {
    random = seed.random();
    agenda = new Agenda(clock, random);
    trace = new Trace(clock);
    turmoilNanos = TimeUnit.SECONDS.toNanos(60 + random.nextInt(400));
    gateway = new SimulatedGateway(this, disk, District.world(mutant), mutant);
    cast = new Cast(this);
    if (mutant == Mutant.LYING_SYNCS) {
      disk.lyingSyncs(path -> true);
    }
  }

  /** Tells a story; throws {@link Broken}, with all that is needed to repeat it. */
  static Ending tell(Seed seed, Mutant mutant) {
    Story story = new Story(seed, mutant);
    try {
      return story.live();
    } catch (Broken broken) {
      Broken told =
          new Broken(
              broken.promise(),
              broken.getMessage()
                  + "\nseed "
                  + seed.value()
                  + ", the latest of what happened:\n  "
                  + String.join("\n  ", story.trace.latest())
                  + "\nrepeat it with: mvn -o -pl gateway test -Dtest=SimulationTest -Dseed="
                  + seed.value());
      told.setStackTrace(broken.getStackTrace());
      throw told;
    } catch (Exception e) {
      throw new AssertionError(
          "seed " + seed.value() + " ended oddly:\n  " + String.join("\n  ", story.trace.latest()),
          e);
    }
  }

  private Ending live() throws Exception {
    gateway.start();
    cast.begin(turmoilNanos);
    agenda.afterNanos(turmoilNanos, this::becomeCalm);
    planFault();
    long end = turmoilNanos + CALM_MOST.toNanos();
    while (clock.nanos() < end && !isOver()) {
      Runnable next = agenda.next();
      if (next == null) {
        break;
      }
      try {
        next.run();
      } catch (PowerCut e) {
        gateway.die(true); // in the middle of what a background thread did
      }
    }
    requireHappyEnd();
    gateway.checkLive();
    count("stories");
    counts.merge("alerts", gateway.ledger().alerts(), Integer::sum);
    counts.merge("batches", (int) gateway.ledger().lastSequence(), Integer::sum);
    counts.merge("acknowledged", acknowledged.size(), Integer::sum);
    return new Ending(trace.hash(), counts);
  }

  private boolean isOver() {
    return calm
        && gateway.isUp()
        && clock.nanos() > turmoilNanos + TimeUnit.MINUTES.toNanos(2)
        && cast.isIdle()
        && gateway.openAlerts().isEmpty();
  }

  private void requireHappyEnd() {
    List<Alert> open = new ArrayList<>(gateway.openAlerts());
    // A device missed in the last hours of the calm rings the desk only after some more.
    open.removeAll(gateway.climbing());
    if (!gateway.isUp() || !open.isEmpty()) {
      throw new Broken("EveryAlertReachesAHuman", "after " + CALM_MOST + " of calm: " + open);
    }
    if (!cast.isIdle()) {
      throw new Broken("EveryMessageIsTaken", "after " + CALM_MOST + " of calm: " + cast);
    }
    for (Client.Sending sending : acknowledged) {
      if (!gateway.ledger().holds(sending.act)) {
        throw new Broken("AcknowledgedIsDurable", "acknowledged and not there: " + sending.act);
      }
      boolean once = sending.sameSession && !sending.act.isNamed() && sending.act.isAlarm();
      if (once && gateway.ledger().ringsWithinTenMinutes(sending.act)) {
        throw new Broken("ResentIsOneAlert", "redelivered, and counted twice: " + sending.act);
      }
    }
  }

  // ---- what goes wrong

  private void planFault() {
    agenda.between(
        500,
        40_000,
        () -> {
          if (!calm) {
            fault();
            planFault();
          }
        });
  }

  private void fault() {
    switch (random.nextInt(15)) {
      case 0, 1 -> disk.cutPowerAt(1 + random.nextInt(40));
      case 2 -> {
        if (gateway.isUp()) {
          gateway.die(random.nextBoolean());
        }
      }
      case 3 -> gateway.stop();
      case 4 -> {
        DiskFault.Kind kind = random.nextBoolean() ? DiskFault.Kind.EIO : DiskFault.Kind.SHORT;
        Operation operation = random.nextBoolean() ? Operation.SYNC : Operation.WRITE;
        disk.fail(new DiskFault(operation, 1 + random.nextInt(10), false, kind));
      }
      case 5 -> {
        trace.add("the disk is full");
        count("full disks");
        disk.capacity(disk.usedBytes() + random.nextInt(40_000));
        agenda.between(10_000, 400_000, () -> disk.capacity(Long.MAX_VALUE));
      }
      case 6 -> setClock();
      case 7, 8 -> gateway.beginSnapshot();
      case 9 -> gateway.activateAnotherRegistry();
      default -> cast.breakALine();
    }
  }

  private void setClock() {
    long seconds =
        switch (random.nextInt(3)) {
          case 0 -> random.nextInt(20) - 10;
          case 1 -> random.nextInt(7_200) - 3_600;
          default -> random.nextInt(400_000) - 200_000;
        };
    trace.add("the wall clock is set " + seconds + " s wrong");
    count("clocks set");
    clock.setWrongBy(Duration.ofSeconds(seconds));
  }

  /** Nothing more goes wrong, and everybody does what they should. */
  private void becomeCalm() {
    calm = true;
    trace.add("calm");
    disk.capacity(Long.MAX_VALUE);
    disk.heal();
    disk.cutPowerAt(Integer.MAX_VALUE);
    cast.becomeCalm();
  }

  // ---- for those in it

  Agenda agenda() {
    return agenda;
  }

  Random random() {
    return random;
  }

  SimulatedClock clock() {
    return clock;
  }

  Trace trace() {
    return trace;
  }

  SimulatedGateway gateway() {
    return gateway;
  }

  boolean isCalm() {
    return calm;
  }

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  boolean listens(Delivery.ToResponder to) {
    return cast.listens(to.responder().value());
  }

  void acknowledged(Client.Sending sending) {
    trace.add(sending.act.topic() + " is acknowledged: " + sending.act.payload());
    acknowledged.add(sending);
    if (sending.times > 1) {
      count(sending.sameSession ? "redelivered" : "resent");
    }
  }
}
