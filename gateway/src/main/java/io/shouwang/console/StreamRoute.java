package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.wording.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The live feed as server-sent events: {@code alert} with an alert as the list shows it, {@code
 * reset} when the list must be asked for anew, {@code seat} when the watcher's seat was locked or
 * unlocked, and a comment as a sign of life. Holds one virtual thread per watcher.
 */
final class StreamRoute {
  /**
   * For so long after telling something, or up to twice as long, changes are gathered: they are
   * told together, and once of each alert. A hundred watchers must not all wake at the same moment,
   * for an alarm on its way to its responders would wait behind them.
   */
  private static final long GATHER_NANOS = 50_000_000;

  private final LiveFeed feed;
  private final Doorman doorman;
  private final Supplier<Directory> directory;
  private final Tellings tellings;
  private final Duration heartbeat;
  private final Clock clock;

  StreamRoute(
      LiveFeed feed,
      Doorman doorman,
      Supplier<Directory> directory,
      Tellings tellings,
      Duration heartbeat,
      Clock clock) {
    this.feed = feed;
    this.doorman = doorman;
    this.directory = directory;
    this.tellings = tellings;
    this.heartbeat = heartbeat;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/stream", AlertRoutes.READERS, this::stream));
  }

  private void stream(Context context, Caller caller) throws Exception {
    LiveFeed.Watcher watcher = feed.watch(caller.name(), context.header("Last-Event-ID"));
    AlertRoutes.ACCESS.info("who={} look=stream result=200", caller.name());
    try {
      context.res().setContentType("text/event-stream;charset=UTF-8");
      context.header("X-Accel-Buffering", "no");
      OutputStream out = context.res().getOutputStream();
      Watch watch = new Watch(Claim.of(context), Language.of(context), out, caller.name());
      watch.say("retry: 2000\n\n");
      if (!watcher.resumes) {
        watch.say("id: " + feed.id(watcher.since) + "\nevent: reset\ndata: {}\n\n");
      }
      watch.run(watcher);
    } catch (IOException e) {
      // The watcher is gone; what they missed they ask for when they come back.
    } finally {
      feed.leave(watcher);
    }
  }

  private static boolean isLocked(Caller caller) {
    return caller instanceof Caller.OfOperator operator && operator.locked();
  }

  /** What one watcher is told. One thread. */
  private final class Watch {
    private final Claim claim;
    private final Wording wording;
    private final OutputStream out;
    private final String name;
    private boolean isLocked;
    private long saidNanos = clock.nanos();

    Watch(Claim claim, Wording wording, OutputStream out, String name) {
      this.claim = claim;
      this.wording = wording;
      this.out = out;
      this.name = name;
    }

    /** Tells what there is to tell until the watch ends, or whoever watches may no more. */
    void run(LiveFeed.Watcher watcher) throws Exception {
      List<LiveFeed.Change> changes = watcher.missed;
      while (!watcher.isEnded() && look() != null) {
        if (tell(changes)) {
          watcher.rest(ThreadLocalRandom.current().nextLong(GATHER_NANOS, 2 * GATHER_NANOS));
        } else if (restNanos() <= 0) {
          say(": still here\n\n"); // also when others were told something all the while
        }
        changes = watcher.next(Math.max(1, restNanos()));
      }
    }

    /** Until when nothing need be said. */
    private long restNanos() {
      return saidNanos + heartbeat.toNanos() - clock.nanos();
    }

    /**
     * Who watches now, told when their seat was locked or unlocked. Null when nobody does any more:
     * rights don't outlive their revocation, however slowly somebody reads.
     */
    private @Nullable Caller look() throws IOException {
      Caller now = doorman.again(claim);
      if (now != null && isLocked(now) != isLocked) {
        isLocked = !isLocked;
        say("event: seat\ndata: {\"locked\":" + isLocked + "}\n\n");
      }
      return now;
    }

    /** Tells what of the changes they may hear; whether there was any. */
    private boolean tell(List<LiveFeed.Change> changes) throws IOException {
      List<String> told = new ArrayList<>();
      try {
        for (LiveFeed.Change change : changes) {
          Directory now = directory.get();
          Caller caller = look();
          if (caller == null) {
            break;
          }
          Alert alert = change.seen().alert();
          if (new Sight(now).hears(caller, alert)) {
            out.write(tellings.of(change, caller, now, wording));
            told.add(alert.id().value());
          }
        }
        if (!told.isEmpty()) {
          say("");
        }
      } finally {
        if (!told.isEmpty()) {
          AlertRoutes.ACCESS.info(
              "who={} look=stream alert={} result=200", name, String.join(",", told));
        }
      }
      return !told.isEmpty();
    }

    void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      saidNanos = clock.nanos();
    }
  }
}
