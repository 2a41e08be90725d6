package io.shouwang.backtest;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.World;
import io.shouwang.intake.EventReader;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;

/** Decides the rows of some of the homes. Homes are independent: nothing is shared but counts. */
final class RecordingWorker implements Callable<RecordingWorker>, RecordedHome.Findings {
  private static final int BATCHES_WAITING = 16;

  private final RecordingPlan plan;
  private final List<World> worlds;
  private final Collapses collapses;
  private final BadRows bad;
  private final long from;
  private final long to;
  private final int variedStep;
  private final BlockingQueue<RowBatch> queue = new ArrayBlockingQueue<>(BATCHES_WAITING);
  private final Map<HomeId, RecordedHome> homes = new HashMap<>();
  private final List<List<Raising>> raisings = new ArrayList<>();
  private final List<List<Delay>> delays = new ArrayList<>();
  private volatile boolean stopped;
  private final Set<HomeId> varied = new HashSet<>();
  private long rows;
  private long dropped;

  /**
   * @param from what is counted begins here, in milliseconds
   * @param to nothing is taken from here on
   * @param variedStep one in so many homes goes through all of the rules, the others through the
   *     first alone
   */
  RecordingWorker(
      RecordingPlan plan,
      List<World> worlds,
      Collapses collapses,
      BadRows bad,
      long from,
      long to,
      int variedStep) {
    this.plan = plan;
    this.worlds = worlds;
    this.collapses = collapses;
    this.bad = bad;
    this.from = from;
    this.to = to;
    this.variedStep = variedStep;
    worlds.forEach(_ -> raisings.add(new ArrayList<>()));
    worlds.forEach(_ -> delays.add(new ArrayList<>()));
  }

  /** Hands rows over; waits while it has too many. False if it has failed and takes no more. */
  boolean offer(RowBatch batch) throws InterruptedException {
    while (!stopped) {
      if (queue.offer(batch, 100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public RecordingWorker call() throws InterruptedException, RecordingRefused {
    try {
      while (true) {
        RowBatch batch = queue.take();
        if (batch.rows == 0) {
          return this;
        }
        for (int i = 0; i < batch.rows; i++) {
          take(batch, i);
        }
      }
    } finally {
      stopped = true;
    }
  }

  private void take(RowBatch batch, int row) throws RecordingRefused {
    RecordedDevices.Seen seen = batch.devices[row];
    RecordedKind kind = batch.kinds[row];
    DeviceId device = seen.device;
    HomeId id = seen.home;
    if (device == null || id == null) {
      return;
    }
    long received = batch.received[row];
    RecordedHome home = homes.get(id);
    if (home == null) {
      boolean varies = seen.homeNumber / Math.max(1, plan.threads()) % variedStep == 0;
      if (varies) {
        varied.add(id);
      }
      List<World> its = varies ? worlds : worlds.subList(0, 1);
      home = new RecordedHome(id, plan, its, collapses.of(id), received, this);
      homes.put(id, home);
    }
    long now = home.nowMillis();
    if (received < now) {
      if (received < now - RecordingSurvey.BACK_MILLIS) {
        throw new RecordingRefused(
            "line "
                + batch.lines[row]
                + ": the rows go back in time; name a file, which is sorted, or sort what is"
                + " piped by the column received, or time");
      }
      received = now;
    }
    int start = row == 0 ? 0 : batch.valueEnds[row - 1];
    int end = batch.valueEnds[row];
    byte[] payload = kind.payload(batch.values, start, end, batch.at[row]);
    if (payload == null) {
      badValue(batch, row, start, end);
      return;
    }
    rows++;
    if (payload.length == 0) {
      return;
    }
    DeviceEvent event = EventReader.readOne(device, null, kind.kind(), null, payload);
    if (event.signal() instanceof Signal.Unreadable && !kind.kind().isAlarmKind()) {
      rows--;
      badValue(batch, row, start, end);
      return;
    }
    home.take(new Input.EventReceived(event), received);
  }

  private void badValue(RowBatch batch, int row, int start, int end) throws RecordingRefused {
    String said =
        new String(
            batch.values,
            start,
            Math.min(end - start, 40),
            java.nio.charset.StandardCharsets.UTF_8);
    bad.add(
        batch.lines[row],
        "value",
        RecordingText.shown(said) + " says nothing for kind " + batch.kinds[row].kind(),
        "write ON or OFF, a number, or a JSON object as the device contract has it");
  }

  /** Lets time pass for all homes up to the end. */
  void finish(long endMillis) {
    homes.values().forEach(home -> home.advance(endMillis));
  }

  @Override
  public void raised(int variant, Alert alert) {
    long at = alert.raisedAt().toEpochMilli();
    boolean asked = variant == 0 || alert.kind().equals(RecordedHome.INACTIVITY);
    if (asked && at >= from && at < to) {
      List<Raising> list = raisings.get(variant);
      if (list.size() >= plan.alertsMost()) {
        dropped++;
        return;
      }
      list.add(
          new Raising(
              alert.raisedAt(),
              alert.home(),
              alert.id(),
              alert.kind(),
              alert.severity(),
              alert.subject(),
              alert.ladder().name(),
              variant == 0 ? plan.why().apply(alert) : ""));
    }
  }

  @Override
  public void delay(int variant, Delay delay) {
    delays.get(variant).add(delay);
  }

  long rows() {
    return rows;
  }

  /** The homes on which all of the rules ran. */
  Set<HomeId> varied() {
    return varied;
  }

  /** Alerts that were not kept. */
  long dropped() {
    return dropped;
  }

  long undecided() {
    return homes.values().stream().mapToLong(RecordedHome::undecided).sum();
  }

  List<Raising> raisings(int variant) {
    return raisings.get(variant);
  }

  List<Delay> delays(int variant) {
    return delays.get(variant);
  }

  Map<HomeId, RecordedHome> homes() {
    return homes;
  }
}
