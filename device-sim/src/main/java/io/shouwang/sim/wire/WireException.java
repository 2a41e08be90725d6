package io.shouwang.sim.wire;

/**
 * Why a connection, subscription or message did not succeed; the message says it in words for
 * people.
 */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong, by what helps against it. */
  public enum Trouble {
    /** Nobody answers at that address: start the gateway, or try again later. */
    UNREACHABLE,
    /** The connection broke, or an answer did not come in time: try again. */
    LOST,
    /** The gateway said no, and will again: mend the identity, the secret or the topic. */
    REFUSED
  }

  private final Trouble trouble;

  public WireException(Trouble trouble, String message) {
    super(message);
    this.trouble = trouble;
  }

  public WireException(Trouble trouble, String message, Throwable cause) {
    super(message, cause);
    this.trouble = trouble;
  }

  public Trouble trouble() {
    return trouble;
  }
}
