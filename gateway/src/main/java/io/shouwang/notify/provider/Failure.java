package io.shouwang.notify.provider;

/** Why a provider did not take or not deliver a message, in words that say what helps. */
public enum Failure {
  /** It is overloaded or limits our rate: the same again later, or another provider now. */
  BUSY(true),
  /** No connection, or it broke before anything was sent. */
  UNREACHABLE(true),
  /** It did not answer in time and may have taken it all the same. */
  TIMED_OUT(true),
  /** The provider answers with an error of its own: 5xx. */
  BROKEN(true),
  /** A quota is used up, the provider's or ours: another provider or another way. */
  QUOTA(false),
  /** This recipient has blocked or never followed us, or stands on a black list. */
  BLOCKED(false),
  /** No such number, user or address. */
  NO_SUCH_ADDRESS(false),
  /** Signature, template, account: nothing of this channel will go through until it is mended. */
  MISCONFIGURED(false),
  /** The content or the request was refused. */
  REFUSED(false),
  /** Accepted, and then lost: a report says so, or none ever came. */
  DROPPED(false),
  /** Nobody picked up, or the line was busy. */
  NOT_ANSWERED(false);

  private final boolean passing;

  Failure(boolean passing) {
    this.passing = passing;
  }

  /** Whether the same message may go through a moment later. */
  public boolean isPassing() {
    return passing;
  }
}
