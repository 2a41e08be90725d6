package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.wording.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/**
 * The live feed as server-sent events: {@code alert} with an alert as the list shows it, {@code
 * reset} when the list must be asked for anew, {@code seat} when the watcher's seat was locked or
 * unlocked, and a comment as a sign of life. Holds one virtual thread per watcher.
 */
final class StreamRoute {
  private final LiveFeed feed;
  private final Doorman doorman;
  private final Supplier<Directory> directory;
  private final Colleagues colleagues;
  private final ConsoleSettings.Limits limits;
  private final Clock clock;
  private final ZoneId zone;

  StreamRoute(
      LiveFeed feed,
      Doorman doorman,
      Supplier<Directory> directory,
      Colleagues colleagues,
      ConsoleSettings.Limits limits,
      Clock clock,
      ZoneId zone) {
    this.feed = feed;
    this.doorman = doorman;
    this.directory = directory;
    this.colleagues = colleagues;
    this.limits = limits;
    this.clock = clock;
    this.zone = zone;
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
      Wording wording = Language.of(context);
      OutputStream out = context.res().getOutputStream();
      send(out, "retry: 2000\n\n");
      if (!watcher.resumes) {
        send(out, "id: " + feed.id(watcher.since) + "\nevent: reset\ndata: {}\n\n");
      }
      for (LiveFeed.Change missed : watcher.missed) {
        tell(out, missed, caller, wording);
      }
      Claim claim = Claim.of(context);
      boolean isLocked = false;
      while (!watcher.isEnded() && doorman.again(claim) != null) {
        LiveFeed.Change change = watcher.next(limits.heartbeat().toNanos());
        Caller now = doorman.again(claim);
        if (watcher.isEnded() || now == null) {
          break;
        }
        if (isLocked(now) != isLocked) {
          isLocked = !isLocked;
          send(out, "event: seat\ndata: {\"locked\":" + isLocked + "}\n\n");
        }
        if (change == null) {
          send(out, ": still here\n\n");
        } else {
          tell(out, change, now, wording);
        }
      }
    } catch (IOException e) {
      // The watcher is gone; what they missed they ask for when they come back.
    } finally {
      feed.leave(watcher);
    }
  }

  private static boolean isLocked(Caller caller) {
    return caller instanceof Caller.OfOperator operator && operator.locked();
  }

  private void tell(OutputStream out, LiveFeed.Change change, Caller caller, Wording wording)
      throws IOException {
    Directory now = directory.get();
    if (!new Sight(now).hears(caller, change.seen().alert())) {
      return;
    }
    AlertRoutes.ACCESS.info(
        "who={} look=stream alert={} result=200", caller.name(), change.seen().alert().id());
    AlertJson json =
        new AlertJson(now, wording, clock.wall(), zone, colleagues::name)
            .seenBy(caller, change.seen().alert());
    byte[] data = JsonWriter.bytes(json.line(change.seen(), caller));
    send(
        out,
        "id: "
            + feed.id(change.number())
            + "\nevent: alert\ndata: "
            + new String(data, StandardCharsets.UTF_8)
            + "\n\n");
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
