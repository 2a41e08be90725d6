package io.shouwang.rules;

import io.shouwang.model.CareContact;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Mode;
import io.shouwang.rules.OwedContact.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the duties towards an elder stand: a pure function of contacts, absences and civil time.
 * Days, weeks and months are civil ones; one with an hour more or less is as good as any other.
 */
public final class Duties {
  /** The daily "I'm well", as a duty's name. */
  public static final String CHECKIN = "checkin";

  private final DutySettings settings;
  private final List<CareContact> contacts;
  private final List<Mode> modes;
  private final ZonedDateTime now;

  /**
   * @param contacts of the elder's home
   * @param modes of it, those over included
   * @param now in the civil zone
   */
  public Duties(
      DutySettings settings, List<CareContact> contacts, List<Mode> modes, ZonedDateTime now) {
    this.settings = settings;
    this.contacts = contacts;
    this.modes = modes;
    this.now = now;
  }

  /** Contacts of these means before this are no longer needed. */
  public static Instant forgetBefore(
      DutySettings settings, CareContact.Means means, ZonedDateTime now) {
    LocalDate day = now.toLocalDate();
    LocalDate earliest = day.minusDays(1);
    for (Duty duty : settings.duties()) {
      LocalDate from = duty.per().previous(duty.per().begin(day));
      if (duty.means().contains(means) && from.isBefore(earliest)) {
        earliest = from;
      }
    }
    return earliest.atStartOfDay(now.getZone()).toInstant();
  }

  /** Each duty towards this elder; empty if none is owed. */
  public List<OwedContact> of(Directory.Elder elder) {
    if (!settings.enabled()) {
      return List.of();
    }
    List<OwedContact> all = new ArrayList<>();
    for (Duty duty : settings.duties()) {
      if (duty.isOwedTo(elder)) {
        all.add(of(elder.id(), duty));
      }
    }
    if (settings.checkinExpected()) {
      all.add(checkin(elder.id()));
    }
    return all;
  }

  private OwedContact of(ElderId elder, Duty duty) {
    LocalDate begin = duty.per().begin(now.toLocalDate());
    LocalDate before = duty.per().previous(begin);
    Instant from = start(begin);
    Instant to = start(duty.per().next(begin));
    Instant missedFrom = start(before);
    int done = 0;
    int doneBefore = 0;
    Instant first = null;
    Instant last = null;
    for (CareContact contact : contacts) {
      if (!contact.elder().equals(elder) || !duty.counts(contact)) {
        continue;
      }
      Instant at = contact.at();
      done += isWithin(at, from, to) ? 1 : 0;
      doneBefore += isWithin(at, missedFrom, from) ? 1 : 0;
      first = first == null || at.isBefore(first) ? at : first;
      last = last == null || at.isAfter(last) ? at : last;
    }
    State state;
    if (done >= duty.count()) {
      state = State.DONE;
    } else if (isAbsent()) {
      state = State.PAUSED;
    } else if (done == 0
        && doneBefore < duty.count()
        && isCounted(before, missedFrom, first)
        && !isExcused(missedFrom, from)) {
      state = State.OVERDUE;
    } else {
      state = now.toInstant().isBefore(to.minus(duty.dueSoon())) ? State.OPEN : State.DUE;
    }
    boolean overdue = state == State.OVERDUE;
    return new OwedContact(
        elder,
        duty.name(),
        state,
        name(duty.per(), overdue ? before : begin),
        overdue ? doneBefore : done,
        duty.count(),
        done,
        to,
        overdue ? from : null,
        last);
  }

  /** A visit or a call today that found her well is as good as her own word. */
  private OwedContact checkin(ElderId elder) {
    LocalDate today = now.toLocalDate();
    Instant from = start(today);
    Instant dueAt = today.atTime(settings.checkinBy()).atZone(now.getZone()).toInstant();
    Instant missedAt = dueAt.plus(settings.checkinGrace());
    int done = 0;
    Instant first = null;
    Instant last = null;
    for (CareContact contact : contacts) {
      boolean counts = contact.elder().equals(elder) && contact.result().equals(CareContact.WELL);
      if (!counts) {
        continue;
      }
      Instant at = contact.at();
      done += at.isBefore(from) ? 0 : 1;
      last = last == null || at.isAfter(last) ? at : last;
      if (contact.means() == CareContact.Means.CHECKIN) {
        first = first == null || at.isBefore(first) ? at : first;
      }
    }
    Instant at = now.toInstant();
    State state;
    if (done > 0) {
      state = State.DONE;
    } else if (isAbsent()) {
      state = State.PAUSED;
    } else if (wasAbsent(from, missedAt) > 0 || !isCounted(today, from, first)) {
      state = State.OPEN;
    } else if (!at.isBefore(missedAt)) {
      state = State.OVERDUE;
    } else {
      state = at.isBefore(dueAt) ? State.OPEN : State.DUE;
    }
    return new OwedContact(
        elder,
        CHECKIN,
        state,
        today.toString(),
        done,
        1,
        done,
        dueAt,
        state == State.OVERDUE ? missedAt : null,
        last);
  }

  /** When the "I'm well" of today counts as missed; of tomorrow, once that is past. */
  Instant nextCheckinLook() {
    LocalDate today = now.toLocalDate();
    for (LocalDate day = today; ; day = day.plusDays(1)) {
      Instant missedAt =
          day.atTime(settings.checkinBy())
              .atZone(now.getZone())
              .toInstant()
              .plus(settings.checkinGrace());
      if (missedAt.isAfter(now.toInstant())) {
        return missedAt;
      }
    }
  }

  /**
   * When what was missed in periods that ended last night is reported, today and tomorrow.
   *
   * @param spread 0 to 1, the home's own place in the morning
   */
  Instant reportAt(LocalDate day, double spread) {
    long millis = (long) (settings.reportSpread().toMillis() * spread);
    return day.atTime(settings.reportFrom())
        .atZone(now.getZone())
        .toInstant()
        .plus(Duration.ofMillis(millis));
  }

  /** Whether a period counts: from the office's day on, or once something was recorded before. */
  private boolean isCounted(LocalDate begin, Instant from, @Nullable Instant first) {
    LocalDate countedFrom = settings.countedFrom();
    return countedFrom == null
        ? first != null && first.isBefore(from)
        : !begin.isBefore(countedFrom);
  }

  private boolean isAbsent() {
    Instant at = now.toInstant();
    return modes.stream()
        .anyMatch(m -> m.kind().isAbsence() && m.device() == null && m.holdsAt(at));
  }

  /** Who was away for more than half of a period was not to be visited in it. */
  private boolean isExcused(Instant from, Instant to) {
    return 2 * wasAbsent(from, to) > Duration.between(from, to).toMillis();
  }

  /** Milliseconds of absence between two moments; what overlaps counts once. */
  private long wasAbsent(Instant from, Instant to) {
    List<Mode> absences =
        modes.stream()
            .filter(m -> m.kind().isAbsence() && m.device() == null)
            .sorted((a, b) -> a.since().compareTo(b.since()))
            .toList();
    long millis = 0;
    Instant counted = from;
    for (Mode mode : absences) {
      Instant since = mode.since().isAfter(counted) ? mode.since() : counted;
      Instant ended = mode.endedAt() == null ? mode.until() : mode.endedAt();
      Instant until = ended.isBefore(to) ? ended : to;
      if (until.isAfter(since)) {
        millis += Duration.between(since, until).toMillis();
        counted = until;
      }
    }
    return millis;
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(now.getZone()).toInstant();
  }

  private static boolean isWithin(Instant at, Instant from, Instant to) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  /** As people name it: a day, a week of ISO 8601, a month. */
  private static String name(Duty.Per per, LocalDate begin) {
    return switch (per) {
      case DAY -> begin.toString();
      case WEEK ->
          String.format(
              Locale.ROOT,
              "%d-W%02d",
              begin.get(WeekFields.ISO.weekBasedYear()),
              begin.get(WeekFields.ISO.weekOfWeekBasedYear()));
      case MONTH -> String.format(Locale.ROOT, "%tY-%<tm", begin);
    };
  }
}
