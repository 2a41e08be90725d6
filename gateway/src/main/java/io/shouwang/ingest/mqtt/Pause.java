package io.shouwang.ingest.mqtt;

/** Why a connection isn't read for now; bits, for several may hold at once. */
final class Pause {
  /** Another connection of the same client has yet to end. */
  static final int FOR_SESSION = 1;

  /** Much of what it said waits for a full lane. */
  static final int FOR_LANE = 2;

  /** It was acknowledged too little of what it said. */
  static final int FOR_ACKS = 4;

  /** It doesn't read what it is sent. */
  static final int FOR_WRITES = 8;

  /** Many of its alarms are under way to the disk. */
  static final int FOR_ALARMS = 16;

  /** The endpoint closes. */
  static final int FOR_GOOD = 32;

  private Pause() {}
}
