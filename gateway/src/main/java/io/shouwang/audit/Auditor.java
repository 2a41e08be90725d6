package io.shouwang.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.AlertBook;
import io.shouwang.engine.Baseline;
import io.shouwang.engine.JournalRecords;
import io.shouwang.host.Clock;
import io.shouwang.host.Disk;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.JournalTail;
import io.shouwang.model.AlertId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks P2 and P3 against the journal, which it reads by itself: it follows what is synced, keeps
 * its own books, and holds the engine's against them. A finding counts once two looks in a row have
 * had it. What it finds it has the engine mend through the door that everybody uses, again every
 * minute while it lasts.
 *
 * <p>{@link #pass} belongs to one thread, which may wait for the disk; what it found may be asked
 * by any. It never blocks the engine: it reads files and what the engine shows anyway.
 */
public final class Auditor {
  private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);
  private static final long BYTES_PER_PASS = 64L << 20;
  private static final Duration SLACK = Duration.ofSeconds(5);
  private static final Duration CONFIRMED_AFTER = Duration.ofSeconds(3);
  private static final Duration MEND_AGAIN = Duration.ofMinutes(1);
  private static final int MENDED_PER_PASS = 100;
  private static final int SHOWN_MAX = 1_000;

  /**
   * What it works with.
   *
   * @param synced the last batch that is on disk for certain
   * @param time the engine's
   * @param book what the engine shows
   */
  public record Tools(
      Disk disk,
      Path journal,
      LongSupplier synced,
      Clock time,
      AlertBook book,
      Intake intake,
      MeterRegistry meters) {}

  private static final class Standing {
    final Instant since;
    Instant mendedAt = Instant.MIN;
    boolean confirmed;

    Standing(Instant since) {
      this.since = since;
    }
  }

  private final Tools tools;
  private final Handed handed;
  private final JournalTail tail;
  private final Reckoning reckoning;
  private final Map<String, Standing> standing = new HashMap<>();
  private boolean missedSaid;
  private volatile List<Finding> findings = List.of();
  private volatile long completeNanos;
  private volatile boolean everComplete;
  private volatile long behind;

  public Auditor(Baseline baseline, Handed handed, Tools tools) {
    this.tools = tools;
    this.handed = handed;
    this.tail = new JournalTail(tools.disk(), tools.journal(), baseline.fromSequence());
    this.reckoning = new Reckoning(baseline);
    this.completeNanos = tools.time().nanos();
    Gauge.builder("shouwang.audit.behind", this, a -> a.behind)
        .description("synced batches that the auditor has not read yet")
        .register(tools.meters());
    Gauge.builder("shouwang.audit.age", this, a -> a.age().toMillis() / 1000.0)
        .baseUnit("seconds")
        .description("since the auditor last got through")
        .register(tools.meters());
    for (Finding.What what : Finding.What.values()) {
      counter("findings", what);
    }
  }

  /** What is wrong, as two looks have found; bounded. */
  public List<Finding> findings() {
    return findings;
  }

  /** Since it last got through the journal and compared. */
  public Duration age() {
    return Duration.ofNanos(tools.time().nanos() - completeNanos);
  }

  /** Whether it has got through at least once. */
  public boolean hasLooked() {
    return everComplete;
  }

  /**
   * Reads on, and compares once nothing synced is left unread.
   *
   * @return whether it got that far; if not, it should be called again soon
   */
  public boolean pass() {
    Instant now = tools.time().wall();
    try {
      long upTo = tools.synced().getAsLong();
      boolean all =
          tail.read(
              upTo, BYTES_PER_PASS, (_, body) -> JournalRecords.decisions(body, reckoning::take));
      behind = upTo - tail.lastSequence();
      if (!all) {
        return false;
      }
    } catch (IOException | RuntimeException e) {
      settle(
          List.of(
              Finding.ofGateway(
                  Finding.What.JOURNAL_DAMAGED,
                  "the auditor can't read the journal on: " + e.getMessage())),
          now);
      return true;
    }
    settle(compare(now), now);
    handed.keep(reckoning::isUnderWay);
    completeNanos = tools.time().nanos();
    everComplete = true;
    return true;
  }

  private List<Finding> compare(Instant now) {
    if (tail.hasMissed()) {
      return missed();
    }
    List<Finding> found = reckoning.look(now, SLACK, handed::holds);
    Set<AlertId> shown = new HashSet<>();
    for (AlertBook.Seen seen : tools.book().open()) {
      shown.add(seen.alert().id());
      unjournalled(seen, found);
    }
    for (AlertBook.Seen seen : tools.book().synthetic()) {
      shown.add(seen.alert().id());
      unjournalled(seen, found);
    }
    for (AlertId id : reckoning.open()) {
      if (!shown.contains(id)) {
        HomeId home = reckoning.homeOf(id);
        found.add(
            Finding.ofAlert(
                Finding.What.LOST,
                home,
                id,
                "alert " + id + " of " + home + " is open in the journal, the engine lost it"));
      }
    }
    return found;
  }

  private void unjournalled(AlertBook.Seen seen, List<Finding> found) {
    AlertId id = seen.alert().id();
    if (!reckoning.open().contains(id)) {
      found.add(
          Finding.ofAlert(
              Finding.What.UNJOURNALLED,
              seen.alert().home(),
              id,
              "alert " + id + " is open in the engine, and not in the journal"));
    }
  }

  private List<Finding> missed() {
    if (!missedSaid) {
      missedSaid = true;
      reckoning.forgetSeen();
      LOG.error("segments were distilled before the auditor read them; it can't compare any more");
    }
    return List.of(
        Finding.ofGateway(
            Finding.What.AUDIT_BEHIND,
            "journal segments were distilled before the auditor read them; restart the gateway"));
  }

  /** What two looks have found is told, counted and mended; what is gone is forgotten. */
  private void settle(List<Finding> found, Instant now) {
    Map<String, Finding> byName = new HashMap<>();
    found.forEach(finding -> byName.putIfAbsent(finding.name(), finding));
    standing
        .entrySet()
        .removeIf(each -> {
          boolean gone = !byName.containsKey(each.getKey());
          if (gone && each.getValue().confirmed) { // what one look had was read a moment too early
            LOG.info("audit: over: {}", each.getKey());
          }
          return gone;
        });
    List<Finding> confirmed = new ArrayList<>();
    int mended = 0;
    for (Map.Entry<String, Finding> each : byName.entrySet()) {
      Standing as = standing.computeIfAbsent(each.getKey(), _ -> new Standing(now));
      if (as.since.plus(CONFIRMED_AFTER).isAfter(now)) {
        continue;
      }
      Finding finding = each.getValue();
      if (!as.confirmed) {
        as.confirmed = true;
        counter("findings", finding.what()).increment();
        LOG.error("audit: {}", finding);
      }
      if (confirmed.size() < SHOWN_MAX) {
        confirmed.add(finding);
      }
      boolean due = as.mendedAt.equals(Instant.MIN) || !as.mendedAt.plus(MEND_AGAIN).isAfter(now);
      if (due && mended < MENDED_PER_PASS && mend(finding)) {
        as.mendedAt = now;
        mended++;
      }
    }
    findings = List.copyOf(confirmed);
  }

  /** Through the normal door; a full lane takes it at a later look. */
  private boolean mend(Finding finding) {
    HomeId home = finding.home();
    if (!finding.what().isRepairable() || home == null) {
      return false;
    }
    boolean taken =
        tools
            .intake()
            .offer(
                new Submission(
                    new Input.FoundByAudit(home, finding.alert(), finding.ring(), said(finding)),
                    Lane.ALARM,
                    tools.time().nanos(),
                    Acknowledgement.NONE));
    if (taken) {
      counter("repairs", finding.what()).increment();
    }
    return taken;
  }

  /** The same words each time, so that the same finding is known as one. */
  private static String said(Finding finding) {
    return switch (finding.what()) {
      case SILENT, LOST, UNPERFORMED -> "alert " + finding.alert();
      case SWALLOWED,
          UNJOURNALLED,
          JOURNAL_DAMAGED,
          AUDIT_BEHIND,
          ENGINE_STALLED,
          LANE_FULL,
          DISK_FULL,
          SYNTHETIC_MISSED ->
          finding.detail();
    };
  }

  private Counter counter(String name, Finding.What what) {
    return tools.meters().counter("shouwang.audit." + name, "what", what.word());
  }
}
