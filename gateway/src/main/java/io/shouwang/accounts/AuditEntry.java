package io.shouwang.accounts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One line of the record: who did or saw what. Ids only, but for {@code note}, in which a person
 * gave their reason. Every text is cut to its length and cleared of control characters.
 *
 * @param who {@code user:ID}, {@code operator:ID}, {@code responder:ID}, or {@code gateway}
 * @param area the area of whoever it was; empty when they have none
 * @param what such as {@code login}, {@code show}, {@code change_user}
 * @param whose whose data: ids of alerts, homes, elders or people, with commas
 * @param address where the request came from
 * @param result {@code done}, {@code refused}, or the status of the answer
 * @param note a reason or a detail; empty when there is none
 */
public record AuditEntry(
    Instant at,
    String who,
    String area,
    String what,
    String whose,
    String address,
    String result,
    String note) {
  static final int WHOSE_LENGTH_MAX = 4_000;
  static final int NOTE_LENGTH_MAX = 1_000;

  public AuditEntry {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    who = clean(who, 100);
    area = clean(area, 64);
    what = clean(what, 200);
    whose = clean(whose, WHOSE_LENGTH_MAX);
    address = clean(address, 64);
    result = clean(result, 64);
    note = clean(note, NOTE_LENGTH_MAX);
  }

  private static String clean(String text, int lengthMax) {
    String cut = text.length() <= lengthMax ? text : text.substring(0, lengthMax - 1) + "…";
    StringBuilder clean = new StringBuilder(cut.length());
    // Half a surrogate pair would come back from the database as something else.
    String whole = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    whole.chars().forEach(c -> clean.append(Character.isISOControl(c) ? ' ' : (char) c));
    return clean.toString();
  }
}
