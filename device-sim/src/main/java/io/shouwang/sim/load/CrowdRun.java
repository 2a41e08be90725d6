package io.shouwang.sim.load;

import io.shouwang.sim.message.Alert;
import io.shouwang.sim.message.Payloads;
import io.shouwang.sim.message.Reply;
import io.shouwang.sim.time.Clock;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.WireException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One run of the load generator over a connected crowd: settle, send, wait for the last answers.
 */
public final class CrowdRun {
  /** How the run is shaped; rates are per second. */
  public record Plan(
      double rate,
      double presses,
      Duration duration,
      Duration warmUp,
      Duration drain,
      List<String> kinds,
      boolean closing) {}

  private static final Duration QUIET = Duration.ofMillis(500);
  private static final Duration SETTLE_MAX = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Plan plan;
  private final List<DeviceList.Listed> devices;
  private final Crowd crowd;
  private final Login responder;
  private final Clock clock;
  private final PressBook book = new PressBook();
  private final AtomicLong lastHeardNanos = new AtomicLong();
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  public CrowdRun(
      Plan plan, List<DeviceList.Listed> devices, Crowd crowd, Login responder, Clock clock) {
    this.plan = plan;
    this.devices = devices;
    this.crowd = crowd;
    this.responder = responder;
    this.clock = clock;
  }

  /** Runs to the end and reports; the crowd is connected and stays so. */
  public Report run() throws WireException, InterruptedException {
    Schedule pressing = new Schedule(plan.presses(), plan.duration());
    List<DeviceList.Listed> pressers = List.of();
    if (pressing.count() > 0) {
      crowd.listen(responder, this::heard);
      settle();
      pressers = pressers(pressing.count());
    }
    Tally readings = new Tally();
    Tally presses = new Tally();
    Instant startAt = clock.now();
    long start = clock.nanos();
    List<DeviceList.Listed> chosen = pressers;
    new OpenLoop(clock, crowd)
        .run(
            List.of(
                new OpenLoop.Flow(
                    new Schedule(plan.rate(), plan.duration()), this::reading, readings),
                new OpenLoop.Flow(
                    pressing,
                    index ->
                        press(chosen.get((int) index), pressing.atNanos(index), start, startAt),
                    presses)),
            start,
            plan.warmUp().toNanos());
    drain(readings, presses);
    readings.settle(clock.nanos());
    presses.settle(clock.nanos());
    long last = Math.max(readings.lastAcknowledgedNanos(), presses.lastAcknowledgedNanos());
    double seconds = last == Long.MIN_VALUE ? 0 : (last - start) / 1e9;
    return new Report(devices.size(), readings, presses, book, seconds, crowd.disconnects());
  }

  private void heard(byte[] payload) {
    long now = clock.nanos();
    lastHeardNanos.set(now);
    try {
      Alert alert = Alert.read(payload);
      if (book.heard(alert, now) == PressBook.Heard.RING && plan.closing()) {
        String id = run + "-close-" + alert.id();
        crowd.publish(
            new Message(
                responder.clientId(),
                Reply.topic(responder.identity()),
                Reply.done("test").message(id, alert.id())));
      }
    } catch (IOException e) {
      book.unreadable();
    }
  }

  /** What waited for the responder from before comes first; homes with open alerts don't press. */
  private void settle() throws InterruptedException {
    long begun = clock.nanos();
    lastHeardNanos.set(begun);
    while (clock.nanos() - lastHeardNanos.get() < QUIET.toNanos()
        && clock.nanos() - begun < SETTLE_MAX.toNanos()) {
      clock.waitUntil(clock.nanos() + LOOK.toNanos());
    }
  }

  private List<DeviceList.Listed> pressers(long count) throws WireException {
    Set<String> homes = new HashSet<>();
    List<DeviceList.Listed> pressers = new ArrayList<>();
    for (DeviceList.Listed device : devices) {
      if (pressers.size() < count && !book.open(device.home()) && homes.add(device.home())) {
        pressers.add(device);
      }
    }
    if (pressers.size() < count) {
      throw new IllegalArgumentException(
          count
              + " presses need as many homes without an open alert, each presses once; there are "
              + pressers.size()
              + ". Lower --presses or --duration, or take more --devices");
    }
    return pressers;
  }

  private Message reading(long index) {
    int device = (int) (index % devices.size());
    long round = index / devices.size();
    String kind = plan.kinds().get((int) ((round + device) % plan.kinds().size()));
    String id = devices.get(device).id();
    return new Message(
        id,
        Payloads.topic(id, kind),
        Readings.reading(kind, run + "-" + index, clock.now(), round + device));
  }

  private Message press(
      DeviceList.Listed device, long offsetNanos, long startNanos, Instant startAt) {
    Instant at = startAt.plusNanos(offsetNanos);
    boolean measured = offsetNanos >= plan.warmUp().toNanos();
    book.pressed(device.home(), at, startNanos + offsetNanos, measured);
    String id = run + "-press-" + device.id();
    return new Message(device.id(), Payloads.topic(device.id(), "sos"), Readings.press(id, at));
  }

  private void drain(Tally readings, Tally presses) throws InterruptedException {
    long end = clock.nanos() + plan.drain().toNanos();
    while (clock.nanos() < end
        && (readings.unanswered() > 0
            || presses.unanswered() > 0
            || book.rung() < book.presses())) {
      clock.waitUntil(clock.nanos() + LOOK.toNanos());
    }
  }
}
