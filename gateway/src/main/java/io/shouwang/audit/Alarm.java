package io.shouwang.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.model.Payload;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.wording.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings the duty desk another way: straight by a provider's account, with words of its own. Neither
 * engine nor notifier nor journal take part, since one of them may be what is broken. Each finding
 * is told once and again every ten minutes while it lasts; several go into one message, at most one
 * a minute.
 *
 * <p>{@link #tell} belongs to one thread and never blocks; sending is done on threads lent for it.
 */
public final class Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
  private static final long AGAIN_NANOS = Duration.ofMinutes(10).toNanos();
  private static final long APART_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int ATTEMPTS_MAX = 12;
  private static final int NAMED_MAX = 5;

  /**
   * One account and who is reached by it.
   *
   * @param name for logs and metrics: the provider's
   * @param to the address; empty for a group robot
   */
  public record Line(String name, Provider provider, String to, Wording wording) {}

  /** A line with what it still has to say. */
  private static final class Saying {
    final Line line;
    private @Nullable Notice pending;
    private int attempts;
    private long nextNanos;
    private boolean busy;

    Saying(Line line) {
      this.line = line;
    }

    /** The latest counts: what was not said yet is part of it, since it still stands. */
    synchronized void say(Notice notice, long nowNanos) {
      pending = notice;
      attempts = 0;
      nextNanos = nowNanos;
    }

    synchronized @Nullable Notice due(long nowNanos) {
      if (busy || pending == null || nowNanos - nextNanos < 0) {
        return null;
      }
      busy = true;
      return pending;
    }

    /** Returns whether it was given up. */
    @SuppressWarnings("ReferenceEquality") // another may have taken its place meanwhile
    synchronized boolean ended(Notice notice, boolean said, long nowNanos) {
      busy = false;
      if (pending != notice) {
        return false;
      }
      attempts++;
      nextNanos = nowNanos + RETRY_NANOS * attempts;
      boolean givenUp = !said && attempts >= ATTEMPTS_MAX;
      if (said || givenUp) {
        pending = null;
      }
      return givenUp;
    }
  }

  private final List<Saying> lines;
  private final String site;
  private final Clock clock;
  private final Executor threads;
  private final MeterRegistry meters;
  private final Map<String, Long> toldNanos = new HashMap<>();
  private long lastNanos;
  private boolean everTold;
  private long number;

  /**
   * @param lines empty if nobody can be reached: then findings are logged only
   * @param site names this gateway to its reader
   */
  public Alarm(List<Line> lines, String site, Clock clock, Executor threads, MeterRegistry meters) {
    this.lines = lines.stream().map(Saying::new).toList();
    this.site = site;
    this.clock = clock;
    this.threads = threads;
    this.meters = meters;
  }

  /** Tells what stands and was not told lately; to be called about once a second. */
  public void tell(List<Finding> standing) {
    long now = clock.nanos();
    boolean mayTell = !everTold || now - lastNanos >= APART_NANOS;
    boolean over = standing.isEmpty() && !toldNanos.isEmpty();
    boolean news =
        standing.stream()
            .map(finding -> toldNanos.get(finding.name()))
            .anyMatch(told -> told == null || now - told >= AGAIN_NANOS);
    if (mayTell && (over || news)) {
      everTold = true;
      lastNanos = now;
      number++;
      toldNanos.clear();
      standing.forEach(finding -> toldNanos.put(finding.name(), now));
      for (Saying saying : lines) {
        saying.say(notice(saying.line, standing), now);
      }
    }
    lines.forEach(saying -> send(saying, now));
  }

  private void send(Saying saying, long now) {
    Notice notice = saying.due(now);
    if (notice == null) {
      return;
    }
    threads.execute(() -> {
      String outcome = "failed";
      boolean said = false;
      try {
        Verdict verdict = saying.line.provider().submit(notice);
        said = !(verdict instanceof Verdict.Refused);
        outcome =
            verdict instanceof Verdict.Refused refused
                ? refused.failure().name().toLowerCase(Locale.ROOT)
                : "sent";
      } catch (RuntimeException e) {
        LOG.error("the audit's alarm by {} failed", saying.line.name(), e);
      } finally {
        meters
            .counter("shouwang.audit.alarms", "line", saying.line.name(), "outcome", outcome)
            .increment();
        if (saying.ended(notice, said, clock.nanos())) {
          LOG.error("the audit's alarm can't be sent by {}: {}", saying.line.name(), outcome);
        }
      }
    });
  }

  private Notice notice(Line line, List<Finding> standing) {
    Wording wording = line.wording();
    List<String> named = new ArrayList<>();
    for (Finding finding : standing.subList(0, Math.min(NAMED_MAX, standing.size()))) {
      named.add(
          wording.notice("audit." + finding.what().name())
              + (finding.alert() == null ? "" : " " + finding.alert()));
    }
    String title = wording.notice(standing.isEmpty() ? "audit.over" : "audit.title", "site", site);
    String text =
        standing.isEmpty()
            ? wording.notice("audit.over.text", "site", site)
            : wording.notice(
                "audit.text",
                "site",
                site,
                "count",
                standing.size(),
                "findings",
                named.stream().distinct().collect(Collectors.joining("; ")));
    return new Notice(
        "audit." + clock.wall().toEpochMilli() + "." + number,
        line.to(),
        standing.isEmpty() ? Notice.Purpose.NEWS : Notice.Purpose.RING,
        !standing.isEmpty(),
        false,
        wording.language(),
        title,
        text,
        "",
        "",
        Map.of(
            Notice.Field.KIND, title,
            Notice.Field.PLACE, site,
            Notice.Field.WHY, text,
            Notice.Field.TIME, clock.wall().toString()),
        Payload.of(new byte[0]));
  }
}
