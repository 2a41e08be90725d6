package io.shouwang.accounts;

/** People's accounts can't be asked at the moment: the database doesn't answer, or too many ask. */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String words;

  /**
   * Why.
   *
   * @param message for an operator; no personal data
   */
  public Unavailable(String message) {
    super(message, null, false, false);
    this.words = message;
  }

  /** The message. */
  public String words() {
    return words;
  }
}
