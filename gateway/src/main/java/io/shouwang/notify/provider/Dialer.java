package io.shouwang.notify.provider;

/** A telephone exchange that connects an operator's own telephone with a number. Any thread. */
public interface Dialer {

  /** Its name in {@code channels.yaml}. */
  String name();

  /** Whether a dispatcher may have a number dialled that stands in no registry. */
  boolean allowsAnyNumber();

  /** Makes one attempt; blocks, never beyond the configured time limit. */
  Verdict connect(Connection connection);

  /**
   * What is to be connected.
   *
   * @param id the same one twice is one call
   * @param extension the operator's, which rings first
   * @param number in E.164, or bare digits for what is none
   */
  record Connection(String id, String extension, String number) {}
}
