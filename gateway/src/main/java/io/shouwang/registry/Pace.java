package io.shouwang.registry;

/** Hears how far the reading of a file is. On the reading thread; must not block. */
@FunctionalInterface
interface Pace {
  Pace NONE = _ -> {};

  /** So many rows have been read; said now and then. */
  void rows(long read);
}
