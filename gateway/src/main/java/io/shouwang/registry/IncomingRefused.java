package io.shouwang.registry;

import java.io.IOException;

/** What came in is no zip of a registry's files. The message says what is wrong, for a person. */
public final class IncomingRefused extends IOException {
  private static final long serialVersionUID = 1;

  IncomingRefused(String message) {
    super(message);
  }
}
