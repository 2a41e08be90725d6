package io.shouwang.sim.district;

import java.util.Arrays;

/** What sensors of one home might notice, in order of time; each packed into one number. */
final class Happenings {
  enum What {
    MOVE(0),
    DOOR_OPEN(1),
    DOOR_CLOSED(2),
    WATER(3),
    BED_IN(4),
    BED_OUT(5),
    SOS_PRESS(6),
    SOS_CANCEL(7),
    FALL(8),
    SMOKE_ALARM(9),
    SMOKE_CLEAR(10),
    SMOKE_TEST(11),
    CHECKIN(12);

    private final int code;

    What(int code) {
      this.code = code;
    }
  }

  private static final What[] WHATS = What.values();
  private static final int TIME_SHIFT = 20;
  private static final int WHAT_SHIFT = 12;
  private static final int DETAIL_MASK = (1 << WHAT_SHIFT) - 1;

  private long[] packed = new long[256];
  private int size;

  /** Notes something; {@code detail} is a room, a person, a device or an amount below 4,096. */
  void add(long moment, What what, int detail) {
    if (size == packed.length) {
      packed = Arrays.copyOf(packed, size * 2);
    }
    packed[size++] = moment << TIME_SHIFT | (long) what.code << WHAT_SHIFT | detail;
  }

  /** Receives what happened. */
  interface Reader {
    void happened(long moment, What what, int detail);
  }

  private static What what(int code) {
    for (What what : WHATS) {
      if (what.code == code) {
        return what;
      }
    }
    throw new IllegalStateException("no happening has the code " + code);
  }

  /** Hands over, and forgets, all before {@code end}. */
  void before(long end, Reader reader) {
    Arrays.sort(packed, 0, size);
    int i = 0;
    for (; i < size && packed[i] >> TIME_SHIFT < end; i++) {
      What what = what((int) (packed[i] >> WHAT_SHIFT) & 0xff);
      reader.happened(packed[i] >> TIME_SHIFT, what, (int) packed[i] & DETAIL_MASK);
    }
    System.arraycopy(packed, i, packed, 0, size - i);
    size -= i;
  }
}
