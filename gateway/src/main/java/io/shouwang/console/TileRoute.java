package io.shouwang.console;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.map.Basemap;
import io.shouwang.map.ByteRange;
import io.shouwang.map.TileFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of vector tiles, in ranges (RFC 9110): the page reads its directory and the tiles it
 * needs, never all of it. Holds a virtual thread for each reader; how many, how much and how long
 * is bounded.
 */
final class TileRoute {
  private static final Logger LOG = LoggerFactory.getLogger(TileRoute.class);

  /** More than any directory or tile has; longer ranges get their beginning. */
  static final long PART_BYTES_MAX = 4L << 20;

  static final int READERS_MAX = 64;

  /** A browser asks six at a time, and a seat may have two pages open. */
  static final int READERS_PER_CALLER_MAX = 16;

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final String AN_HOUR = "private, max-age=3600";

  private final Basemap base;
  private final Clock clock;
  private final Map<String, Integer> readers = new HashMap<>();
  private final Counter refused;
  private final Counter cut;
  private int reading;

  TileRoute(Basemap base, Clock clock, MeterRegistry meters) {
    this.base = base;
    this.clock = clock;
    this.refused =
        Counter.builder("shouwang.map.tiles.refused")
            .description("reads of map tiles beyond those that may be under way")
            .register(meters);
    this.cut =
        Counter.builder("shouwang.map.tiles.cut")
            .description("reads of map tiles that took too long")
            .register(meters);
  }

  List<Route> routes() {
    return List.of(Route.get(MapRoutes.TILES, MapRoutes.VIEWERS, this::serve));
  }

  private void serve(Context context, Caller caller) throws IOException {
    if (!(base instanceof Basemap.Pmtiles tiles)) {
      throw Problem.notFound("file of tiles");
    }
    enter(caller.name());
    try (TileFile file = open(tiles)) {
      answer(context, file);
    } finally {
      leave(caller.name());
    }
  }

  private static TileFile open(Basemap.Pmtiles tiles) {
    try {
      return TileFile.open(tiles.file());
    } catch (IOException e) {
      LOG.warn("map tiles can't be read: {}", e.toString());
      throw new Problem(
          503, "no-tiles", "The map's tiles can't be read", "the gateway's log says why");
    }
  }

  private synchronized void enter(String caller) {
    int own = readers.getOrDefault(caller, 0);
    if (reading >= READERS_MAX || own >= READERS_PER_CALLER_MAX) {
      refused.increment();
      throw Problem.busy("too many tiles are read at once");
    }
    reading++;
    readers.put(caller, own + 1);
  }

  private synchronized void leave(String caller) {
    reading--;
    readers.computeIfPresent(caller, (_, own) -> own == 1 ? null : own - 1);
  }

  private void answer(Context context, TileFile file) throws IOException {
    String tag = '"' + file.tag() + '"';
    context.header("Accept-Ranges", "bytes").header("ETag", tag);
    context.header("Cache-Control", AN_HOUR).header("Vary", "Authorization, Cookie");
    String match = context.header("If-Match");
    if (match != null && !match.equals("*") && !match.equals(tag)) {
      throw new Problem(412, "other-tiles", "The tiles were replaced", "read them from the start");
    }
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    String condition = context.header("If-Range");
    boolean isRangeMeant = condition == null || condition.equals(tag);
    switch (ByteRange.of(isRangeMeant ? context.header("Range") : null, file.size())) {
      case ByteRange.Whole _ -> {
        if (file.size() > PART_BYTES_MAX) {
          throw new Problem(
              400, "range-missing", "This file is read in parts", "send Range: bytes=FIRST-LAST");
        }
        send(context, file, 200, 0, file.size());
      }
      case ByteRange.Unsatisfiable _ ->
          throw new Problem(
                  416,
                  "no-such-range",
                  "There is no such part",
                  "ask for one range within the file")
              .header("Content-Range", "bytes */" + file.size());
      case ByteRange.Part part -> {
        long length = Math.min(part.length(), PART_BYTES_MAX);
        long last = part.first() + length - 1;
        context.header("Content-Range", "bytes " + part.first() + "-" + last + "/" + file.size());
        send(context, file, 206, part.first(), length);
      }
    }
  }

  /** Whoever reads too slowly gets less than was announced, and so a cut connection. */
  private void send(Context context, TileFile file, int status, long first, long length)
      throws IOException {
    context.status(status).contentType("application/vnd.pmtiles");
    context.res().setContentLengthLong(length);
    OutputStream out = context.res().getOutputStream();
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, length));
    long began = clock.nanos();
    long sent = 0;
    while (sent < length) {
      if (clock.nanos() - began > LONGEST.toNanos()) {
        cut.increment();
        return;
      }
      chunk.clear().limit((int) Math.min(chunk.capacity(), length - sent));
      file.read(chunk, first + sent);
      if (chunk.position() == 0) {
        return; // cut short while it is read
      }
      try {
        out.write(chunk.array(), 0, chunk.position());
        out.flush();
      } catch (IOException e) {
        return; // the reader is gone: a map that was moved on
      }
      sent += chunk.position();
    }
  }
}
