package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SnapshotFailureTest {
  private static final Path SNAPSHOTS = EngineFixture.DATA.resolve("snapshots");

  private static boolean taken(EngineFixture at, Snapshots snapshots) throws IOException {
    try (SnapshotUnderWay underWay = snapshots.begin()) {
      at.engine.step();
      boolean whole = underWay.proceed();
      snapshots.prune();
      return whole;
    }
  }

  @Test
  void one_that_finds_no_room_leaves_nothing_and_the_next_is_whole() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-sos-001", "sos", "{}");
      Snapshots snapshots = at.recovered.snapshots(at.engine);
      at.disk.capacity(at.disk.usedBytes() + 20);
      assertThrows(IOException.class, () -> taken(at, snapshots));
      assertEquals(List.of(), at.disk.list(SNAPSHOTS));
      at.disk.capacity(Long.MAX_VALUE);
      assertTrue(taken(at, snapshots));
      assertEquals(1, at.disk.list(SNAPSHOTS).size());
    }
  }

  @Test
  void one_that_a_crash_cut_short_is_gone_after_the_restart() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    at.disk.create(SNAPSHOTS.resolve("0000000000000001.snapshot.tmp")).close();
    at = at.restarted();
    assertEquals(List.of(), at.disk.list(SNAPSHOTS));
    at.close();
  }

  @Test
  void a_damaged_one_is_forgotten_so_that_the_one_before_it_stays() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    at.event("demo-sos-001", "sos", "{}");
    assertTrue(taken(at, at.recovered.snapshots(at.engine)));
    at.event("demo-sos-001", "sos", "{}");
    assertTrue(taken(at, at.recovered.snapshots(at.engine)));
    List<String> both = at.disk.list(SNAPSHOTS);
    at.disk.flipBit(SNAPSHOTS.resolve(both.getLast()), 300);
    at = at.restarted();
    assertEquals(List.of(both.getFirst()), at.disk.list(SNAPSHOTS));
    assertEquals(2, at.onlyAlert().evidence().size());
    at.close();
  }
}
