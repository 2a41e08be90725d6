package io.shouwang.model;

/**
 * The content identity of an event: 128 bits of SHA-256 over device, kind, id, device time and
 * content. Two events with the same key are the same event if at least one of id and device time
 * was said (P4).
 */
public record EventKey(long high, long low) {
  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}
