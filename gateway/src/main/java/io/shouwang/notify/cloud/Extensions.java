package io.shouwang.notify.cloud;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The digits behind our own number by which a reply names the message it answers, so that a bare
 * "1" is understood with several alerts open. Four digits, told apart for each number by itself;
 * the provider must have enabled it. Any thread.
 */
public final class Extensions {
  private static final int DIGITS = 4;
  private static final int OF = 10_000;
  private static final int TRIES = 20;

  private final RecentKeys keys = new RecentKeys();

  /** The digits for a message to this number, the same again for the same one. */
  public synchronized String of(Phone phone, String key) {
    int first = Math.floorMod(key.hashCode() * 0x9E3779B9, OF);
    String digits = "";
    for (int i = 0; i < TRIES; i++) {
      digits = String.format(Locale.ROOT, "%0" + DIGITS + "d", (first + i) % OF);
      String other = keys.find(name(phone, digits));
      if (other == null || other.equals(key)) {
        break;
      }
    }
    keys.put(name(phone, digits), key);
    return digits;
  }

  /**
   * The delivery that a reply answers; null if these are no digits of ours.
   *
   * @param shown what was dialled, or the end of it
   */
  public @Nullable String key(Phone phone, String shown) {
    return shown.length() < DIGITS
        ? null
        : keys.find(name(phone, shown.substring(shown.length() - DIGITS)));
  }

  private static String name(Phone phone, String digits) {
    return phone.e164() + " " + digits;
  }
}
