package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.host.Clock;
import io.shouwang.model.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What a request brings, read no further than it may be long. */
record Body(Payload payload, End end) {
  private static final int BYTES_FIRST = 1_024;

  byte[] bytes() {
    return payload.bytes();
  }

  enum End {
    WHOLE,
    /** There was more than is read. */
    TOO_LONG,
    /** The connection broke, or came too slowly. */
    BROKEN
  }

  /** How slowly a body may come; a time-out between two bytes alone would let it drip for hours. */
  record Pace(Clock clock, int bytesPerSecondMin) {
    private static final long GRACE_SECONDS = 5;

    private boolean isTooSlow(long length, long sinceNanos) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.nanos() - sinceNanos);
      return seconds > GRACE_SECONDS && length < (seconds - GRACE_SECONDS) * bytesPerSecondMin;
    }
  }

  static Body read(Context context, int bytesMax, Pace pace) {
    byte[] bytes = new byte[Math.min(BYTES_FIRST, bytesMax + 1)];
    int length = 0;
    long sinceNanos = pace.clock().nanos();
    try {
      InputStream in = context.req().getInputStream();
      int read;
      while (length < bytes.length && (read = in.read(bytes, length, bytes.length - length)) >= 0) {
        length += read;
        if (length == bytes.length && length <= bytesMax) {
          bytes = Arrays.copyOf(bytes, Math.min(2 * length, bytesMax + 1));
        }
        if (pace.isTooSlow(length, sinceNanos)) {
          return new Body(Payload.of(Arrays.copyOf(bytes, Math.min(length, bytesMax))), End.BROKEN);
        }
      }
    } catch (IOException | RuntimeException e) {
      // The server's own limits (idle, too slow) come as run-time exceptions.
      return new Body(Payload.of(Arrays.copyOf(bytes, Math.min(length, bytesMax))), End.BROKEN);
    }
    return length > bytesMax
        ? new Body(Payload.of(Arrays.copyOf(bytes, bytesMax)), End.TOO_LONG)
        : new Body(Payload.of(Arrays.copyOf(bytes, length)), End.WHOLE);
  }

  /**
   * A body that is read while it comes, because it is too long to be kept. Reading throws a {@link
   * Problem} 413 beyond so many bytes, and 400 when the body breaks off or comes too slowly.
   */
  static InputStream stream(Context context, long bytesMax, Pace pace) {
    long sinceNanos = pace.clock().nanos();
    return new InputStream() {
      private long length;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int count) {
        int read;
        try {
          read = context.req().getInputStream().read(bytes, offset, count);
        } catch (IOException | RuntimeException e) {
          throw broken();
        }
        length += Math.max(0, read);
        if (length > bytesMax) {
          throw Problem.tooLarge(bytesMax);
        }
        if (pace.isTooSlow(length, sinceNanos)) {
          throw broken();
        }
        return read;
      }
    };
  }

  private static Problem broken() {
    return Problem.badRequest("the body broke off or came too slowly");
  }

  /**
   * The body of a request that must be JSON.
   *
   * @throws Problem 400, 413 or 415
   */
  static byte[] json(Context context, int bytesMax, Pace pace) {
    String type = context.contentType();
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!media.equals("application/json")) {
      throw new Problem(
          415, "media-type", "Not a media type taken here", "send Content-Type: application/json");
    }
    Body body = read(context, bytesMax, pace);
    return switch (body.end()) {
      case WHOLE -> body.bytes();
      case TOO_LONG -> throw Problem.tooLarge(bytesMax);
      case BROKEN -> throw broken();
    };
  }
}
