package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.model.Directory;
import io.shouwang.wording.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
  private static final int GATHER_MILLIS = 50;

  private final LiveFeed feed;
  private final Doorman doorman;
  private final Supplier<Directory> directory;
  private final Tellings tellings;
  private final Duration heartbeat;

  StreamRoute(
      LiveFeed feed,
      Doorman doorman,
      Supplier<Directory> directory,
      Tellings tellings,
      Duration heartbeat) {
    this.feed = feed;
    this.doorman = doorman;
    this.directory = directory;
    this.tellings = tellings;
    this.heartbeat = heartbeat;
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
      send(out, "retry: 2000\n\n");
      if (!watcher.resumes) {
        send(out, "id: " + feed.id(watcher.since) + "\nevent: reset\ndata: {}\n\n");
      }
      watch(watcher, Claim.of(context), Language.of(context), out);
    } catch (IOException e) {
      // The watcher is gone; what they missed they ask for when they come back.
    } finally {
      feed.leave(watcher);
    }
  }

  /** Tells what there is to tell until the watch ends, or whoever watches may no more. */
  private void watch(LiveFeed.Watcher watcher, Claim claim, Wording wording, OutputStream out)
      throws Exception {
    List<LiveFeed.Change> changes = watcher.missed;
    boolean isLocked = false;
    boolean isFirst = true;
    Caller now;
    while (!watcher.isEnded() && (now = doorman.again(claim)) != null) {
      if (isLocked(now) != isLocked) {
        isLocked = !isLocked;
        send(out, "event: seat\ndata: {\"locked\":" + isLocked + "}\n\n");
      }
      if (!changes.isEmpty()) {
        tell(out, changes, now, wording);
        Thread.sleep(ThreadLocalRandom.current().nextInt(GATHER_MILLIS, 2 * GATHER_MILLIS));
      } else if (!isFirst) {
        send(out, ": still here\n\n");
      }
      isFirst = false;
      changes = watcher.next(heartbeat.toNanos());
    }
  }

  private static boolean isLocked(Caller caller) {
    return caller instanceof Caller.OfOperator operator && operator.locked();
  }

  private void tell(OutputStream out, List<LiveFeed.Change> changes, Caller caller, Wording wording)
      throws IOException {
    Directory now = directory.get();
    Sight sight = new Sight(now);
    List<LiveFeed.Change> heard =
        changes.stream().filter(change -> sight.hears(caller, change.seen().alert())).toList();
    if (heard.isEmpty()) {
      return;
    }
    AlertRoutes.ACCESS.info(
        "who={} look=stream alert={} result=200",
        caller.name(),
        heard.stream()
            .map(change -> change.seen().alert().id().value())
            .collect(Collectors.joining(",")));
    for (LiveFeed.Change change : heard) {
      out.write(tellings.of(change, caller, now, wording));
    }
    out.flush();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
