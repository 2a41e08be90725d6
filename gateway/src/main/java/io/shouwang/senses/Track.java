package io.shouwang.senses;

import io.shouwang.model.Fix;
import io.shouwang.model.Point;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where one device has been lately: of each of the last {@link #MINUTES_MAX} minutes in which it
 * had a position the latest one, by the time it was taken. A function of which positions were
 * heard, not of their order: late, repeated and buffered ones come out the same. What none of them
 * says alone, a jump or a stay, is read out of them by rules. Immutable.
 */
public final class Track {
  /** How many positions are kept, a minute apart at least. */
  public static final int MINUTES_MAX = 8;

  /** The radius we count on where a device names none, by how it found its place; in metres. */
  static final int GNSS_M = 30;

  static final int WIFI_M = 100;
  static final int CELL_M = 1_000;
  static final int UNSAID_M = 50;

  static final Track NONE = new Track(0, 0, 0, new long[0]);

  /** What comes later than this after it was taken was buffered. */
  static final long BUFFERED_MILLIS = 60_000;

  /** What is buffered comes in one go; after such a pause it is another. */
  static final long BURST_PAUSE_MILLIS = 600_000;

  private static final int ACCURACY_M_MAX = 0xffff;
  private static final double DEGREE = 1e7;
  private static final long MINUTE_MILLIS = 60_000;

  /** Nothing is buffered for longer than a month. */
  private static final long BUFFER_SECONDS_MAX = 31 * 86_400L;

  private final long receivedAt;
  private final long burstAt;
  private final long bufferedAt;

  /**
   * Two words for each position, in the order of their times: milliseconds above 16 bits of
   * accuracy, and latitude above longitude, in ten millionths of a degree.
   */
  private final long[] words;

  private Track(long receivedAt, long burstAt, long bufferedAt, long[] words) {
    this.receivedAt = receivedAt;
    this.burstAt = burstAt;
    this.bufferedAt = bufferedAt;
    this.words = words;
  }

  Track hear(Fix fix, @Nullable Instant said, ClockOffset clock, long nowMillis) {
    Instant taken = fix.fixAt() == null ? said : fix.fixAt();
    if (!new Point(fix.lat(), fix.lon()).isOnEarth() || isLongPast(taken, nowMillis)) {
      return this;
    }
    long atMillis = Math.max(0, clock.engineTime(taken, nowMillis));
    long first = atMillis << 16 | accuracyM(fix);
    long second =
        Math.round(fix.lat() * DEGREE) << 32 | (Math.round(fix.lon() * DEGREE) & 0xffffffffL);
    return with(first, second, nowMillis);
  }

  /**
   * Whether it comes out of a buffer, too old to say where anybody is; not by a clock that nobody
   * has set, whose positions are of now.
   */
  private static boolean isLongPast(@Nullable Instant taken, long nowMillis) {
    long ageSeconds = taken == null ? 0 : nowMillis / 1_000 - taken.getEpochSecond();
    return ageSeconds > ClockOffset.BELIEVED_MILLIS_MAX / 1_000 && ageSeconds <= BUFFER_SECONDS_MAX;
  }

  private Track with(long first, long second, long nowMillis) {
    long minute = minute(first);
    int at = words.length;
    while (at > 0 && minute(words[at - 2]) > minute) {
      at -= 2;
    }
    if (at > 0 && minute(words[at - 2]) == minute) {
      boolean isLater = first > words[at - 2] || (first == words[at - 2] && second > words[at - 1]);
      if (!isLater) {
        return this;
      }
      long[] next = words.clone();
      next[at - 2] = first;
      next[at - 1] = second;
      return next(at == words.length, first >> 16, nowMillis, next);
    }
    boolean full = words.length == 2 * MINUTES_MAX;
    if (full && at == 0) {
      return this;
    }
    int drop = full ? 2 : 0;
    long[] next = new long[words.length + 2 - drop];
    System.arraycopy(words, drop, next, 0, at - drop);
    next[at - drop] = first;
    next[at - drop + 1] = second;
    System.arraycopy(words, at, next, at - drop + 2, words.length - at);
    return next(at == words.length, first >> 16, nowMillis, next);
  }

  private Track next(boolean isLatest, long atMillis, long nowMillis, long[] next) {
    boolean isBuffered = nowMillis - atMillis > BUFFERED_MILLIS;
    boolean begins = isBuffered && nowMillis - bufferedAt > BURST_PAUSE_MILLIS;
    return new Track(
        isLatest ? nowMillis : receivedAt,
        begins ? nowMillis : burstAt,
        isBuffered ? nowMillis : bufferedAt,
        next);
  }

  private static long minute(long first) {
    return (first >> 16) / MINUTE_MILLIS;
  }

  /** The radius in whole metres, rounded up: what was said, or what its source usually means. */
  private static int accuracyM(Fix fix) {
    Double said = fix.accuracyM();
    if (said != null && said > 0) {
      return (int) Math.min(Math.ceil(said), ACCURACY_M_MAX);
    }
    return usualAccuracyM(fix.source());
  }

  private static int usualAccuracyM(@Nullable String source) {
    return switch (source) {
      case "gnss" -> GNSS_M;
      case "wifi" -> WIFI_M;
      case "cell" -> CELL_M;
      case null, default -> UNSAID_M;
    };
  }

  /** How many positions are known; the last is the latest. */
  public int size() {
    return words.length / 2;
  }

  /** When a position was taken, in engine time; milliseconds of the epoch. */
  public long atMillis(int index) {
    return words[2 * index] >> 16;
  }

  /** Its radius in metres, at least 1. */
  public int accuracyM(int index) {
    return (int) (words[2 * index] & ACCURACY_M_MAX);
  }

  public double lat(int index) {
    return (int) (words[2 * index + 1] >> 32) / DEGREE;
  }

  public double lon(int index) {
    return (int) words[2 * index + 1] / DEGREE;
  }

  /** When the latest position was taken; 0 if there is none. */
  public long fixAt() {
    return words.length == 0 ? 0 : atMillis(size() - 1);
  }

  /** When the latest position was received; 0 if there is none. */
  public long receivedAt() {
    return receivedAt;
  }

  /**
   * When what was buffered began to come, most recently; 0 if nothing ever was. While it comes, the
   * positions that are here are not all there will be.
   */
  public long burstAt() {
    return burstAt;
  }

  int bytes() {
    return 25 + 8 * words.length;
  }

  void write(ByteBuffer out) {
    out.putLong(receivedAt).putLong(burstAt).putLong(bufferedAt).put((byte) size());
    for (long word : words) {
      out.putLong(word);
    }
  }

  static Track read(ByteBuffer in) {
    long receivedAt = in.getLong();
    long burstAt = in.getLong();
    long bufferedAt = in.getLong();
    long[] words = new long[2 * in.get()];
    for (int i = 0; i < words.length; i++) {
      words[i] = in.getLong();
    }
    return new Track(receivedAt, burstAt, bufferedAt, words);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Track that
        && receivedAt == that.receivedAt
        && burstAt == that.burstAt
        && bufferedAt == that.bufferedAt
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(receivedAt) * 31 + Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Track[");
    for (int i = 0; i < size(); i++) {
      text.append(Instant.ofEpochMilli(atMillis(i))).append(" ±").append(accuracyM(i)).append("; ");
    }
    return text.append("received ").append(Instant.ofEpochMilli(receivedAt)).append(']').toString();
  }
}
