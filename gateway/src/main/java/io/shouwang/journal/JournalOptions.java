package io.shouwang.journal;

import java.security.SecureRandom;

/**
 * How a journal is laid out. All sizes in bytes.
 *
 * @param segmentBytes size of each segment file, made and filled with zeros ahead of need
 * @param reserveBytes room kept for alarms on a full disk; rounded up to whole segments
 * @param maxBodyBytes the longest batch body
 * @param newJournalId names a journal made anew; should be random, since it keeps text sent by a
 *     device from ever looking like a batch. An existing journal keeps its own
 */
public record JournalOptions(
    int segmentBytes, long reserveBytes, int maxBodyBytes, long newJournalId) {
  private static final int MEBIBYTE = 1024 * 1024;
  private static final int SEGMENT_BYTES_MAX = 1024 * MEBIBYTE;

  public JournalOptions {
    if (maxBodyBytes < 1 || maxBodyBytes > BatchFrame.BODY_BYTES_MAX) {
      throw new IllegalArgumentException(
          "maxBodyBytes is "
              + maxBodyBytes
              + "; 1 to "
              + BatchFrame.BODY_BYTES_MAX
              + " are allowed");
    }
    long least = leastSegmentBytes(maxBodyBytes);
    if (segmentBytes < least || segmentBytes > SEGMENT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "segmentBytes is "
              + segmentBytes
              + "; with bodies of up to "
              + maxBodyBytes
              + " bytes it must be "
              + least
              + " to "
              + SEGMENT_BYTES_MAX);
    }
    if (reserveBytes < 1) {
      throw new IllegalArgumentException("reserveBytes is " + reserveBytes + "; at least 1");
    }
  }

  /** 64 MiB segments, 16 MiB of reserve (one segment), bodies of up to 4 MiB, a random id. */
  public static JournalOptions standard() {
    return new JournalOptions(
        64 * MEBIBYTE, 16L * MEBIBYTE, BatchFrame.BODY_BYTES_MAX, new SecureRandom().nextLong());
  }

  /** Four of the longest batches fit, so that {@link Space} can promise two. */
  static long leastSegmentBytes(int maxBodyBytes) {
    return SegmentHeader.BYTES + 4L * (BatchFrame.HEADER_BYTES + maxBodyBytes);
  }

  int reserveSegments() {
    return Math.toIntExact((reserveBytes + segmentBytes - 1) / segmentBytes);
  }

  /** How many bytes the two longest batches take. */
  long twoBatchesBytes() {
    return 2L * (BatchFrame.HEADER_BYTES + maxBodyBytes);
  }
}
