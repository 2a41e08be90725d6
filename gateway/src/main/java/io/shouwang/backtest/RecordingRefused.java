package io.shouwang.backtest;

/** A recording can't be replayed at all; the message says why and what to do. */
public final class RecordingRefused extends Exception {
  private static final long serialVersionUID = 1L;

  RecordingRefused(String message) {
    super(message);
  }
}
