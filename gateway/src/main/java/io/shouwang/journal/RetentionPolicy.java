package io.shouwang.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long segments stay whole before they are distilled. Pure.
 *
 * @param maxAge a segment whose last batch is older goes
 * @param maxTotalBytes the oldest go until the sealed ones take no more than this
 */
public record RetentionPolicy(Duration maxAge, long maxTotalBytes) {

  /**
   * Which segments are to go, oldest first. Never one that a restart still needs.
   *
   * @param sealed oldest first
   * @param coveredSequence the last batch that a durable snapshot covers; 0 without one
   */
  public List<SegmentInfo> expired(List<SegmentInfo> sealed, Instant now, long coveredSequence) {
    long total = 0;
    for (SegmentInfo segment : sealed) {
      total += segment.bytes();
    }
    List<SegmentInfo> expired = new ArrayList<>();
    for (SegmentInfo segment : sealed) {
      boolean tooOld = segment.until().isBefore(now.minus(maxAge));
      boolean tooMuch = total > maxTotalBytes;
      if (segment.lastSequence() > coveredSequence || !(tooOld || tooMuch)) {
        break; // they go in order, so that what is left has no gap
      }
      expired.add(segment);
      total -= segment.bytes();
    }
    return expired;
  }
}
