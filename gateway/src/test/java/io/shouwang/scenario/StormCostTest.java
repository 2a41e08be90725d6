package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.World;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A device that presses 100 times a second must not hurt the other homes. */
class StormCostTest {
  private static final int PRESSES = 200;
  private static final long BYTES_PER_PRESS_MAX = 200_000;

  @Test
  void a_press_on_a_worn_home_allocates_little() {
    World world = Village.inPeace().world();
    Home home = Home.empty(Village.LINS);
    Instant now = Instant.parse("2026-03-02T08:00:00Z");
    for (int i = 0; i < 2_500; i++) {
      now = now.plusMillis(1);
      home = press(world, home, i, now);
    }
    Alert alert = home.alerts().getFirst();
    assertEquals(Alert.TIMELINE_MAX, alert.timeline().size());
    assertEquals(Home.SEEN_MAX, home.seen().size());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long nanos = System.nanoTime();
    for (int i = 0; i < PRESSES; i++) {
      now = now.plusMillis(10);
      home = press(world, home, i, now);
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / PRESSES;
    System.out.printf(
        "a press of a storm: %,d bytes, %,d ns%n", each, (System.nanoTime() - nanos) / PRESSES);
    assertTrue(each < BYTES_PER_PRESS_MAX, "bytes a press: " + each);
  }

  private static Home press(World world, Home home, int number, Instant now) {
    Input input = new Input.EventReceived(Said.press("lin-button").event());
    return Core.decide(world, home, input, new Stamp(number, now)).home();
  }
}
