package io.shouwang.notify;

import io.shouwang.model.AlertId;
import io.shouwang.model.ResponderId;
import java.util.Locale;

/**
 * Four digits by which somebody with several alerts says which they mean. Derived, so that every
 * message about an alert names the same to the same person.
 */
final class ReplyCode {
  private ReplyCode() {}

  static String of(AlertId alert, ResponderId responder) {
    int mixed = (alert.value() + ' ' + responder.value()).hashCode() * 0x9E3779B9;
    return String.format(Locale.ROOT, "%04d", Math.floorMod(mixed ^ (mixed >>> 15), 10_000));
  }
}
