package io.shouwang.simulation;

/** A gateway with one thing wrong, to show that the invariants notice. */
enum Mutant {
  NONE,
  /** The disk says it has synced, and has not. */
  LYING_SYNCS,
  /** A PUBACK is sent when the event is taken in, before its receipt. */
  EARLY_ACKNOWLEDGEMENT,
  /** The performer is called when the batch is written, before its receipt. */
  EARLY_RING,
  /** The journal has lost its last batch after a power cut. */
  FORGOTTEN_BATCH,
  /** A resend is known as one for a second only. */
  FORGETFUL_DEDUPLICATION,
  /** The engine sleeps until somebody sends something. */
  OVERSLEPT_DEADLINES,
  /** What was under way goes out under other keys after a restart. */
  NEW_KEYS_AFTER_RESTART
}
