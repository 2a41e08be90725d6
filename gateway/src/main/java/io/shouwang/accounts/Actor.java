package io.shouwang.accounts;

import java.time.Instant;

/**
 * Whoever does something, for the record.
 *
 * @param who as in {@link AuditEntry}
 * @param area theirs; empty when they have none
 * @param address where the request came from
 */
public record Actor(String who, String area, String address) {

  static Actor of(Person person, String address) {
    return new Actor("user:" + person.id(), person.area().value(), address);
  }

  AuditEntry entry(Instant at, String what, String whose, String result, String note) {
    return new AuditEntry(at, who, area, what, whose, address, result, note);
  }
}
