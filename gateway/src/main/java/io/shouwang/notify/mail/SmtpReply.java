package io.shouwang.notify.mail;

import io.shouwang.notify.provider.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mail server's reply means for the message: its code (RFC 5321, 4.2.3) and, where it gives
 * one, the enhanced code (RFC 3463). Servers disagree on much; the second is the more precise.
 */
final class SmtpReply {
  private static final Pattern ENHANCED =
      Pattern.compile("\\b([245])\\.([0-9]{1,3})\\.([0-9]{1,3})\\b");

  /** When it was said. */
  enum Phase {
    CONNECT,
    LOGIN,
    SENDER,
    RECIPIENT,
    DATA
  }

  private SmtpReply() {}

  /** The enhanced code that stands in a reply. */
  static Optional<String> enhanced(String text) {
    Matcher found = ENHANCED.matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  /**
   * The failure that a reply stands for.
   *
   * @param code 400 to 599
   * @param text the reply's words
   */
  static Failure failure(Phase phase, int code, String text) {
    Matcher enhanced = ENHANCED.matcher(text);
    String detail = enhanced.find() ? enhanced.group(2) + "." + enhanced.group(3) : "";
    if (code < 500) {
      return switch (code) {
        // 421: closing; 450 and 452: mailbox busy, grey-listed or too much at once;
        // 432 and 454: a password can't be checked just now.
        case 421, 432, 450, 452, 454 -> Failure.BUSY;
        default -> Failure.BROKEN;
      };
    }
    switch (detail) {
      case "1.1", "1.2", "1.3", "1.6", "1.10", "2.1" -> {
        return Failure.NO_SUCH_ADDRESS; // none there, moved, or switched off
      }
      case "1.7", "1.8", "7.8", "7.9", "7.11", "7.14" -> {
        return Failure.MISCONFIGURED; // our sender's address, our login, our encryption
      }
      default -> {}
    }
    return switch (code) {
      // 530: log in, or encrypt, first; 534, 535, 538: the login is refused
      case 530, 534, 535, 538 -> Failure.MISCONFIGURED;
      case 550, 551, 553 ->
          switch (phase) {
            case RECIPIENT -> detail.startsWith("7.") ? Failure.REFUSED : Failure.NO_SUCH_ADDRESS;
            case CONNECT, LOGIN, SENDER -> Failure.MISCONFIGURED;
            case DATA -> Failure.REFUSED;
          };
      default ->
          switch (phase) {
            case CONNECT, LOGIN, SENDER -> Failure.MISCONFIGURED;
            case RECIPIENT, DATA -> Failure.REFUSED;
          };
    };
  }
}
