package io.shouwang.backtest;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.World;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A home of a recording under several rules at once. One thread at a time. */
final class RecordedHome {
  /** What rings for silence. */
  static final Kind INACTIVITY = new Kind("inactivity");

  private static final String RULE = "inactivity";

  private final RecordingPlan plan;
  private final List<World> worlds;
  private final Findings findings;
  private final HomeRun[] runs;
  private final long[] collapses;
  private final long firstMillis;
  private int nextCollapse;

  /** Where what happens goes. */
  interface Findings {
    /** An alert under one of the rules; 0 are the ones that are to be shown. */
    void raised(int variant, Alert alert);

    void delay(int variant, Delay delay);
  }

  RecordedHome(
      HomeId id,
      RecordingPlan plan,
      List<World> worlds,
      long[] collapses,
      long firstMillis,
      Findings findings) {
    this.plan = plan;
    this.worlds = worlds;
    this.findings = findings;
    this.collapses = collapses;
    this.firstMillis = firstMillis;
    this.runs = new HomeRun[worlds.size()];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = new HomeRun(Home.empty(id), false, new Shown(i));
      runs[i].lookBy(firstMillis);
    }
  }

  long firstMillis() {
    return firstMillis;
  }

  long nowMillis() {
    return runs[0].nowMillis();
  }

  long undecided() {
    long sum = 0;
    for (HomeRun run : runs) {
      sum += run.undecided();
    }
    return sum;
  }

  void take(Input input, long atMillis) {
    collapseBefore(atMillis);
    for (int i = 0; i < runs.length; i++) {
      runs[i].take(worlds.get(i), input, atMillis);
    }
  }

  void advance(long toMillis) {
    collapseBefore(toMillis);
    for (int i = 0; i < runs.length; i++) {
      runs[i].advance(worlds.get(i), toMillis);
    }
  }

  private void collapseBefore(long toMillis) {
    while (nextCollapse < collapses.length && collapses[nextCollapse] < toMillis) {
      long at = collapses[nextCollapse++];
      for (int i = 0; i < runs.length; i++) {
        runs[i].advance(worlds.get(i), at);
        findings.delay(i, collapse(runs[i], worlds.get(i), at));
      }
    }
  }

  /** Nothing is heard from here: when does the silence ring? */
  private Delay collapse(HomeRun run, World world, long at) {
    Home home = run.home();
    boolean afterDoor = home.senses().life().isAfterDoor();
    boolean already =
        home.conditions().stream().anyMatch(c -> c.rule().equals(RULE))
            || home.alerts().stream().anyMatch(a -> a.isOpen() && a.kind().equals(INACTIVITY));
    if (already) {
      return new Delay(home.id(), at, afterDoor, Delay.Outcome.ALREADY, 0);
    }
    Listening listening = new Listening();
    HomeRun silent = run.fork(listening);
    long end = at + Delay.FOLLOWED_MILLIS;
    while (listening.rangAt == null && silent.nextMillis() <= end) {
      silent.advance(world, Math.max(silent.nextMillis(), silent.nowMillis()));
    }
    Instant rangAt = listening.rangAt;
    return rangAt == null
        ? new Delay(home.id(), at, afterDoor, Delay.Outcome.NEVER, 0)
        : new Delay(home.id(), at, afterDoor, Delay.Outcome.RANG, rangAt.toEpochMilli() - at);
  }

  private @Nullable Instant handled(Alert alert) {
    return alert.raisedAt().plus(plan.handledAfter());
  }

  private final class Shown implements HomeRun.Course {
    private final int variant;

    Shown(int variant) {
      this.variant = variant;
    }

    @Override
    public void raised(HomeRun run, Alert alert) {
      findings.raised(variant, alert);
    }

    @Override
    public @Nullable Instant handledAt(Alert alert) {
      return handled(alert);
    }
  }

  private final class Listening implements HomeRun.Course {
    private @Nullable Instant rangAt;

    @Override
    public void raised(HomeRun run, Alert alert) {
      if (rangAt == null && alert.kind().equals(INACTIVITY)) {
        rangAt = alert.raisedAt();
      }
    }

    @Override
    public @Nullable Instant handledAt(Alert alert) {
      return handled(alert);
    }
  }
}
