package io.shouwang.simulation;

/** A promise was broken. */
final class Broken extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String promise;

  Broken(String promise, String how) {
    super(promise + ": " + how);
    this.promise = promise;
  }

  /** Which invariant it was. */
  String promise() {
    return promise;
  }
}
