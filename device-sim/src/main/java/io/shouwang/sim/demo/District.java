package io.shouwang.sim.demo;

import io.shouwang.sim.device.Device;
import io.shouwang.sim.responder.Station;
import io.shouwang.sim.screen.Terminal;
import io.shouwang.sim.time.Agenda;
import io.shouwang.sim.time.Clock;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.Secrets;
import io.shouwang.sim.wire.WireException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The demo's people and devices, connected and playing the {@link Story}. */
public final class District implements AutoCloseable {
  private static final Duration ALARM_PATIENCE = Duration.ofMinutes(10);

  /** Shorter than the beat of any reading, so that readings never pile up. */
  private static final Duration READING_PATIENCE = Duration.ofSeconds(8);

  private final Clock clock;
  private final Terminal terminal;
  private final Agenda agenda;
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final List<Station> responders = new ArrayList<>();
  private final List<Thread> keepers = new ArrayList<>();
  private final AtomicLong acts = new AtomicLong();

  public District(Endpoint endpoint, Secrets secrets, Agenda agenda, Clock clock, Terminal terminal)
      throws IOException {
    this.clock = clock;
    this.terminal = terminal;
    this.agenda = agenda;
    for (String id : Story.DEVICES) {
      Login login = secrets.login(id);
      devices.put(id, new Device(id, () -> endpoint.wire(login), clock, terminal));
    }
    for (String id : Story.RESPONDERS) {
      responders.add(
          new Station(
              secrets.login(id),
              endpoint,
              alert -> Story.answer(id, alert),
              agenda,
              clock,
              terminal));
    }
  }

  /** Responders first, so that nobody misses the first press. */
  public void begin() {
    responders.forEach(Station::start);
    devices.forEach((id, device) ->
        keepers.add(Thread.ofVirtual().name("sim-" + id).start(() -> keep(id, device))));
    Story.begin(agenda, act -> Thread.ofVirtual().name("sim-act").start(() -> perform(act)));
  }

  private void keep(String id, Device device) {
    try {
      device.keepOpen();
    } catch (WireException e) {
      terminal.line(clock.now(), id, "is out: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void perform(Story.Act act) {
    Device device = devices.get(act.device());
    if (device == null) {
      return;
    }
    String id = UUID.randomUUID().toString();
    byte[] payload = act.payload(id, clock.now(), acts.incrementAndGet());
    try {
      if (act.loud()) {
        device.say(act.device(), act.kind(), payload, act.words(), ALARM_PATIENCE);
      } else {
        device.mention(act.kind(), payload, READING_PATIENCE);
      }
    } catch (WireException e) {
      terminal.line(
          clock.now(), act.device(), act.words() + " NOT acknowledged: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    keepers.forEach(Thread::interrupt);
    devices.values().forEach(Device::close);
    responders.forEach(Station::close);
  }
}
