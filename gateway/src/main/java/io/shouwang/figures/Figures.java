package io.shouwang.figures;

import io.shouwang.engine.Decided;
import io.shouwang.engine.Follower;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Synthetic;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The books that hear of every event once it is on disk, on the engine's thread: they cost it some
 * hundred nanoseconds for each. A book that fails costs a figure, never an alarm.
 */
public final class Figures implements Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

  private final ReadingsBook readings;
  private final Quarantine quarantine = new Quarantine();
  private final LatestStatus statuses = new LatestStatus();
  private final AtomicLong failures = new AtomicLong();

  /** Books of which the largest, the readings, takes about so many bytes. */
  public Figures(long readingsBytes) {
    this.readings = new ReadingsBook(readingsBytes);
  }

  public ReadingsBook readings() {
    return readings;
  }

  public Quarantine quarantine() {
    return quarantine;
  }

  public LatestStatus statuses() {
    return statuses;
  }

  /** All of them, with the load beside. */
  public Books with(Load load) {
    return new Books(readings, quarantine, statuses, load);
  }

  /** Events that a book failed at; anything but 0 is a mistake in this program. */
  public long failures() {
    return failures.get();
  }

  @Override
  public void synced(Decided decided, long happenedMillis) {
    if (decided.input() instanceof Input.EventReceived(DeviceEvent event)) {
      try {
        take(decided, event, happenedMillis);
      } catch (RuntimeException e) {
        if (failures.getAndIncrement() == 0) {
          LOG.error("a book of figures failed at event {}; alarms go on", decided.stamp(), e);
        }
      }
    }
  }

  private void take(Decided decided, DeviceEvent event, long happenedMillis) {
    if (event.device().equals(Synthetic.DEVICE)) {
      return; // the gateway's own press, each minute
    }
    HomeId home = decided.home();
    quarantine.take(decided.stamp(), event, home);
    if (home != null) {
      readings.take(home, event, decided.stamp().now().toEpochMilli(), happenedMillis);
      statuses.take(event, decided.stamp().now());
    }
  }
}
