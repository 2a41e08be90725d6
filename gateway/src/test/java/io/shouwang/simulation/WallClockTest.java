package io.shouwang.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.Flow;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.World;
import io.shouwang.engine.EngineLimits;
import io.shouwang.engine.Recovered;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.EventReader;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.JournalOptions;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.notify.Notifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A wall clock that is set while the gateway runs, as on a machine that hears NTP late. */
class WallClockTest {
  @Test
  void noRingExpiresBecauseTheWallClockWasPutForward() throws Exception {
    SimulatedClock clock = new SimulatedClock();
    Agenda agenda = new Agenda(clock, new Random(1));
    AgendaThreads threads = new AgendaThreads(agenda, () -> false, 0, 1);
    World world = District.world(Mutant.NONE);
    try (Recovered recovered =
        Recovered.open(
            new SimulatedDisk(),
            Path.of("/data"),
            new JournalOptions(256 * 1024, 1, 60 * 1024, 7),
            Runnable::run)) {
      Flow flow =
          new Flow(
              recovered,
              world,
              world::directory,
              clock,
              EngineLimits.DEFAULT,
              ZoneId.of("Asia/Shanghai"),
              AnswerLinks.none(),
              new SimpleMeterRegistry(),
              (engine, outcomes, responders, devices) ->
                  new Notifier(
                      engine.alerts(),
                      responders,
                      devices,
                      List.of(),
                      List.of(),
                      outcomes,
                      new SimpleMeterRegistry(),
                      threads,
                      100));
      flow.engine()
          .offer(
              new Submission(
                  new Input.EventReceived(
                      EventReader.readOne(
                          new DeviceId("demo-sos-001"),
                          null,
                          Kind.SOS,
                          null,
                          new byte[] {'{', '}'})),
                  Lane.ALARM,
                  clock.nanos(),
                  Acknowledgement.NONE));
      assertTrue(flow.engine().step());
      threads.runAll();
      clock.setWrongBy(Duration.ofDays(2));
      flow.notifier().tend();
      threads.runAll();
      flow.engine().step();
      List<Delivery> ended =
          flow.engine().alerts().open().getFirst().alert().deliveries().stream()
              .filter(delivery -> !delivery.isUnderWay())
              .toList();
      assertEquals(List.of(), ended);
    }
  }
}
