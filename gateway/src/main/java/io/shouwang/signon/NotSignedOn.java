package io.shouwang.signon;

/** Nobody is let in by this. */
public final class NotSignedOn extends Exception {
  private static final long serialVersionUID = 1;
  private static final int LENGTH_MAX = 200;
  private final Why why;

  /** What was wrong. */
  public enum Why {
    /** It was not begun in this browser, begun too long ago, or ended already. */
    STATE,
    /** The provider said no. */
    DENIED,
    /** The provider doesn't answer, or nothing that can be used. */
    UNAVAILABLE,
    /** The token doesn't hold. */
    TOKEN,
    /** The token holds and doesn't say who it is in a way that can be used here. */
    CLAIMS
  }

  /**
   * Nobody.
   *
   * @param detail for the log and the record: no secret, nobody's name
   */
  NotSignedOn(Why why, String detail) {
    super(plain(detail), null, false, false);
    this.why = why;
  }

  public Why why() {
    return why;
  }

  /** The detail, fit for a log whoever wrote it. */
  public String words() {
    return String.valueOf(getMessage());
  }

  private static String plain(String text) {
    String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() <= LENGTH_MAX ? clean : clean.substring(0, LENGTH_MAX);
  }
}
