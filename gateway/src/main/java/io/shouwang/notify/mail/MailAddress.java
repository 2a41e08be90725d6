package io.shouwang.notify.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One mail address in the form that every server takes (RFC 5321, 4.1.2: a dot-string and a
 * domain): no quotes, no comments, no list, nothing that could end a line. A domain in other
 * letters goes out in its ASCII form (RFC 5891).
 *
 * @param local before the at
 * @param domain behind it, in ASCII
 */
record MailAddress(String local, String domain) {
  private static final int LENGTH_MAX = 254;
  private static final int LOCAL_MAX = 64;
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

  /** Reads {@code name@example.org}; empty if it is none. */
  static Optional<MailAddress> parse(String text) {
    int at = text.lastIndexOf('@');
    if (at <= 0 || text.length() > LENGTH_MAX || at > LOCAL_MAX) {
      return Optional.empty();
    }
    String local = text.substring(0, at);
    try {
      String domain = IDN.toASCII(text.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
      boolean good = !domain.isEmpty() && !domain.endsWith(".") && LOCAL.matcher(local).matches();
      return good && local.length() + domain.length() < LENGTH_MAX
          ? Optional.of(new MailAddress(local, domain.toLowerCase(Locale.ROOT)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return local + "@" + domain;
  }
}
