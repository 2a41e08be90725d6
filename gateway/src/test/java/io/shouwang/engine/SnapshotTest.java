package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.model.Reply;
import io.shouwang.simulation.DiskFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restart loads the newest whole snapshot and replays only what came after. */
final class SnapshotTest {
  private static final Path SNAPSHOTS = EngineFixture.DATA.resolve("snapshots");

  /** Takes a snapshot on a thread of its own, as in production, while this one turns the engine. */
  static void snapshot(EngineFixture at, Runnable meanwhile) throws Exception {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Long> taken = other.submit(() -> at.recovered.snapshots(at.engine).take());
      while (!taken.isDone()) {
        meanwhile.run();
        at.settle();
        Thread.onSpinWait();
      }
      taken.get();
    }
  }

  private static List<Alert> alerts(EngineFixture at) {
    return at.engine.alerts().open().stream().map(seen -> seen.alert()).toList();
  }

  @Test
  void the_state_is_the_same_with_a_snapshot_as_without() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    at.event("demo-sos-001", "sos", "{\"id\":\"before\"}");
    at.reply("demo-daughter", at.onlyAlert(), Reply.Answer.ACCEPT, 8, "coming");
    snapshot(at, () -> {});
    at.event("demo-smoke-001", "smoke", "{\"state\":\"alarm\",\"id\":\"after\"}");
    List<Alert> live = alerts(at);
    assertTrue(Recovery.fromSnapshot(at.disk, SNAPSHOTS).replayFrom() > 1);
    at = at.restarted();
    assertEquals(Set.copyOf(live), Set.copyOf(alerts(at)));
    assertEquals("coming", at.engine.state().notes().all().getFirst().text());
    at.close();
  }

  @Test
  void inputs_that_come_while_it_is_taken_are_in_it_once() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    int[] presses = {0};
    snapshot(
        at,
        () -> {
          if (presses[0] < 300) {
            press(at, presses[0]++);
          }
        });
    while (presses[0] < 300) {
      press(at, presses[0]++);
    }
    Alert live = at.onlyAlert();
    EngineFixture again = at.restarted();
    assertEquals(live, again.onlyAlert());
    again.close();
  }

  private static void press(EngineFixture at, int n) {
    try {
      at.clock.advance(Duration.ofMillis(100));
      at.event("demo-sos-001", "sos", "{\"id\":\"p" + n + "\"}");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DiskFault.Operation.class,
      names = {"CREATE", "WRITE", "SYNC", "RENAME", "SYNC_DIRECTORY"})
  void one_that_fails_half_way_leaves_the_one_before_in_force(DiskFault.Operation operation)
      throws Exception {
    EngineFixture at = EngineFixture.fresh();
    at.event("demo-sos-001", "sos", "{\"id\":\"p\"}");
    Alert live = at.onlyAlert();
    at.disk.fail(new DiskFault(operation, 1, true, DiskFault.Kind.EIO));
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Long> taken = other.submit(() -> at.recovered.snapshots(at.engine).take());
      while (!taken.isDone()) {
        at.engine.slices().serve(at.recovered.journal().lastSequence() + 1);
        Thread.onSpinWait();
      }
    }
    at.disk.heal();
    EngineFixture again = at.restarted();
    assertEquals(live, again.onlyAlert());
    snapshot(again, () -> {});
    again.close();
  }

  @Test
  void a_damaged_one_is_passed_over() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}");
    snapshot(at, () -> {});
    at.event("demo-sos-001", "sos", "{\"id\":\"p2\"}");
    snapshot(at, () -> {});
    Alert live = at.onlyAlert();
    List<Path> files = Snapshot.list(at.disk, SNAPSHOTS);
    try (var file = at.disk.open(files.getFirst())) {
      file.truncate(file.size() - 3);
    }
    EngineFixture again = at.restarted();
    assertEquals(live, again.onlyAlert());
    assertEquals(
        Snapshot.sequence(files.getLast()),
        Recovery.fromSnapshot(again.disk, SNAPSHOTS).replayFrom());
    again.close();
  }

  @Test
  void the_clock_never_goes_back_over_a_restart() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}");
    Instant raised = at.onlyAlert().raisedAt();
    at.close();
    at.clock.jump(Duration.ofDays(-3));
    EngineFixture again = new EngineFixture(at.disk, at.clock);
    again.event("demo-smoke-001", "smoke", "{\"state\":\"alarm\"}");
    assertTrue(
        again.engine.alerts().open().stream()
            .noneMatch(seen -> seen.alert().raisedAt().isBefore(raised)));
    again.close();
  }
}
