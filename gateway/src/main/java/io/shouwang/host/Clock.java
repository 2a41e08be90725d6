package io.shouwang.host;

import java.time.Instant;

/** The machine's two clocks. Any thread. */
public interface Clock {
  Clock SYSTEM =
      new Clock() {
        @Override
        public Instant wall() {
          return Instant.now();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /** Civil time as the machine believes it; may jump either way. */
  Instant wall();

  /** Nanoseconds from an arbitrary origin; never goes back. */
  long nanos();
}
