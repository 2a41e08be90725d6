package io.shouwang.console;

import io.shouwang.alerts.CareBook;
import io.shouwang.model.AreaId;
import io.shouwang.model.CareContact;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.ResponderId;
import io.shouwang.rules.Duties;
import io.shouwang.rules.DutySettings;
import io.shouwang.rules.LimitsBook;
import io.shouwang.wording.Wording;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A month's visits and calls for a spreadsheet: UTF-8 with a mark, as the office's one wants it.
 * The engine keeps contacts as long as a duty needs them; the last column says since when it knows
 * all of an elder. For one thread.
 */
final class ContactCsv {
  private static final String MARK = "\uFEFF";
  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final CareBook book;
  private final Directory registry;
  private final Wording wording;
  private final Instant now;
  private int rows;

  ContactCsv(CareBook book, Directory registry, Wording wording, Instant now) {
    this.book = book;
    this.registry = registry;
    this.wording = wording;
    this.now = now;
  }

  /** How many contacts were written. */
  int rows() {
    return rows;
  }

  byte[] empty() {
    return (MARK + head()).getBytes(StandardCharsets.UTF_8);
  }

  private String head() {
    return wording.notice("contacts_csv") + "\r\n";
  }

  byte[] of(AreaId area, YearMonth month) {
    StringBuilder text = new StringBuilder(MARK).append(head());
    registry.eachHome(
        area,
        id -> {
          List<CareContact> contacts = book.of(id).contacts();
          Directory.Home home = contacts.isEmpty() ? null : registry.home(id);
          if (home == null) {
            return;
          }
          for (CareContact contact : contacts) {
            ZonedDateTime at = contact.at().atZone(book.limits().zone());
            boolean isPersons = contact.means() != CareContact.Means.CHECKIN;
            if (isPersons && YearMonth.from(at).equals(month)) {
              add(text, home, contact, at);
            }
          }
        });
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void add(StringBuilder text, Directory.Home home, CareContact contact, ZonedDateTime at) {
    rows++;
    Directory.Elder elder = registry.elder(contact.elder());
    text.append(
            List.of(
                    DAY.format(at),
                    TIME.format(at),
                    contact.elder().value(),
                    elder == null ? "" : elder.name(),
                    DutyList.areaName(registry, home.area()),
                    home.address(),
                    wording.word(contact.means().word()),
                    wording.word(contact.result()),
                    contact.by(),
                    Wording.person(new ResponderId(contact.by()), registry),
                    MaskedDirectory.is(registry) ? "" : book.note(contact).orElse(""),
                    knownSince(home, contact.elder(), contact.means()))
                .stream()
                .map(ContactCsv::cell)
                .collect(Collectors.joining(",")))
        .append("\r\n");
  }

  private String knownSince(Directory.Home home, ElderId elder, CareContact.Means means) {
    LimitsBook limits = book.limits();
    DutySettings settings = limits.of(registry, home.id(), elder).duties();
    ZonedDateTime local = now.atZone(limits.zone());
    return DAY.format(Duties.forgetBefore(settings, means, local).atZone(limits.zone()));
  }

  /** Quoted; what a spreadsheet would take for a formula begins with an apostrophe. */
  private static String cell(String text) {
    boolean isFormula = !text.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(text.charAt(0)) >= 0;
    return '"' + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }
}
