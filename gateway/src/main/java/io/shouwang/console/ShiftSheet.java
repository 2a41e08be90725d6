package io.shouwang.console;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.CareBook;
import io.shouwang.drills.DrillReport;
import io.shouwang.figures.Load;
import io.shouwang.figures.LoadFigures;
import io.shouwang.figures.Shown;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Mode;
import io.shouwang.rules.Duties;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.OwedContact;
import io.shouwang.rules.Protection;
import io.shouwang.rules.ProtectionBook;
import io.shouwang.wording.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What whoever takes over must know, of one seat since its shift began. Made once, on one thread;
 * walks every home of the seat's area.
 */
final class ShiftSheet {
  static final int SHOWN_MAX = 100;
  private static final int LONGEST_MAX = 5;

  private final Sources from;
  private final Directory registry;
  private final AreaId area;
  private final Instant begin;
  private final Instant now;
  private final Wording wording;
  private final ZoneId zone;
  private final Colleagues colleagues;
  private final Map<String, Integer> modesByKind = new TreeMap<>();
  private final List<Map<String, Object>> modes = new ArrayList<>();
  private final List<Map<String, Object>> devices = new ArrayList<>();
  private final List<Map<String, Object>> duties = new ArrayList<>();
  private int devicesInTrouble;
  private int dutiesOverdue;

  ShiftSheet(
      Sources from, Directory registry, AreaId area, Instant begin, Instant now, Wording wording) {
    this.from = from;
    this.registry = registry;
    this.area = area;
    this.begin = begin;
    this.now = now;
    this.wording = wording;
    this.zone = from.zone();
    this.colleagues = new Colleagues(from.accounts(), from.operators(), from.clock());
  }

  /** The alerts of the seat that are open, most urgent first. */
  List<AlertBook.Seen> open() {
    Sight sight = new Sight(registry);
    return AlertJson.sorted(
        from.book().open().stream()
            .filter(seen -> sight.covers(area, seen.alert().home()))
            .toList(),
        registry);
  }

  /** For whoever reads it: how their colleagues are called, and what of it is their own. */
  Map<String, Object> json(
      List<AlertBook.Seen> open, List<DrillReport> drills, Caller.OfOperator reader) {
    walk();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("area", area.value());
    json.put("area_name", DutyList.areaName(registry, area));
    json.put("from", begin.toString());
    json.put("as_of", now.toString());
    json.put("zone", zone.getId());
    json.put("open", open.size());
    AlertJson alerts = new AlertJson(registry, wording, now, zone, colleagues::name);
    json.put(
        "alerts",
        open.stream()
            .limit(SHOWN_MAX)
            .map(
                seen -> alerts.own(alerts.line(seen, true), AlertJson.Own.of(seen.alert(), reader)))
            .toList());
    json.put("shift", shift());
    json.put("modes_by_kind", modesByKind);
    json.put("modes", modes);
    json.put("devices", devices);
    json.put("devices_total", devicesInTrouble);
    json.put("duties", duties);
    json.put("duties_total", dutiesOverdue);
    json.put("drills", drills.stream().map(ShiftSheet::drill).toList());
    return json;
  }

  private Map<String, Object> shift() {
    Load.Counted counted =
        from.figures()
            .load()
            .of(area, begin.minus(Duration.ofDays(1)), LoadRoutes.isTopmost(registry, area));
    LoadFigures figures = LoadFigures.of(counted.shown(), begin, now);
    Map<String, Object> json = LoadRoutes.json(figures);
    Instant countedFrom = counted.countedFrom();
    json.put("complete", countedFrom != null && !countedFrom.isAfter(begin));
    json.put("longest", longest(counted.shown()));
    Map<String, String> words = new LinkedHashMap<>();
    figures.closed().keySet().forEach(how -> words.put(how, wording.disposition(how)));
    json.put("closed_text", words);
    return json;
  }

  /** Those that rang at the desk for longest, answered or not. */
  private List<Map<String, Object>> longest(List<Shown> shown) {
    return shown.stream()
        .filter(one -> !one.exercise() && !one.raisedAt().isBefore(begin))
        .filter(one -> one.deskAt() != null)
        .sorted(Comparator.comparing(this::waited).reversed())
        .limit(LONGEST_MAX)
        .map(one -> {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("alert", one.alert().value());
          json.put("text", wording.kind(one.kind()));
          json.put("raised_at", one.raisedAt().toString());
          json.put("waited_s", waited(one).toSeconds());
          json.put("answered", one.answeredAt() != null);
          return json;
        })
        .toList();
  }

  private Duration waited(Shown one) {
    Instant since = one.deskAt() == null ? one.raisedAt() : one.deskAt();
    Instant until =
        one.answeredAt() != null ? one.answeredAt() : one.closedAt() != null ? one.closedAt() : now;
    return until.isBefore(since) ? Duration.ZERO : Duration.between(since, until);
  }

  private void walk() {
    Sight sight = new Sight(registry);
    registry.eachHome(home -> {
      if (sight.covers(area, home)) {
        CareBook.Care care = from.care().of(home);
        takeModes(home, care);
        takeDevices(home);
        takeDuties(home, care);
      }
    });
  }

  private void takeModes(HomeId home, CareBook.Care care) {
    for (Mode mode : care.modes()) {
      if (mode.holdsAt(now)) {
        modesByKind.merge(mode.kind().word(), 1, Integer::sum);
        // Who is away for weeks is nothing for the next shift to do: what ends soon, or is tried.
        if (!mode.kind().isAbsence() && modes.size() < SHOWN_MAX) {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("home", home.value());
          if (mode.device() != null) {
            json.put("device", mode.device().value());
          }
          json.put("mode", mode.kind().word());
          json.put("text", wording.mode(mode.kind()));
          json.put("until", mode.until().toString());
          json.put("by", mode.by().value());
          json.put("by_name", colleagues.name(mode.by(), registry));
          modes.add(json);
        }
      }
    }
  }

  /** Those that fell silent, or came off the wrist, since the shift began. */
  private void takeDevices(HomeId home) {
    ProtectionBook book = from.protection();
    LimitsBook limits = from.care().limits();
    for (Protection.OfDevice device : book.of(home).devices()) {
      Instant since = device.since();
      if (device.state().isProtecting() || since == null) {
        continue;
      }
      boolean isSilent =
          device.state() == Protection.State.SILENT && since.equals(device.heardAt());
      Instant became =
          isSilent
              ? since.plus(
                  limits.of(registry, home).devices().silentAfter(device.type(), device.model()))
              : since;
      if (!became.isBefore(begin)) {
        devicesInTrouble++;
        if (devices.size() < SHOWN_MAX) {
          Map<String, Object> json = ProtectionRoutes.json(home, device);
          json.put("since", became.toString());
          devices.add(json);
        }
      }
    }
  }

  private void takeDuties(HomeId home, CareBook.Care care) {
    LimitsBook limits = from.care().limits();
    for (ElderId id : registry.elders(home)) {
      Directory.Elder elder = registry.elder(id);
      if (elder == null) {
        continue;
      }
      Duties owed =
          new Duties(
              limits.of(registry, home, id).duties(),
              care.contacts(),
              care.modes(),
              now.atZone(limits.zone()));
      for (OwedContact one : owed.of(elder)) {
        if (one.state() == OwedContact.State.OVERDUE) {
          dutiesOverdue++;
          if (duties.size() < SHOWN_MAX) {
            duties.add(duty(elder, one));
          }
        }
      }
    }
  }

  private Map<String, Object> duty(Directory.Elder elder, OwedContact owed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("elder", elder.id().value());
    json.put("name", elder.name());
    json.put("home", elder.home().value());
    json.put("duty", owed.duty());
    json.put("text", wording.word(owed.duty()));
    if (owed.missedAt() != null) {
      json.put("missed_at", owed.missedAt().toString());
    }
    return json;
  }

  private static Map<String, Object> drill(DrillReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("drill", report.drill());
    json.put("by", report.by().value());
    json.put("ends_at", report.endsAt().toString());
    json.put("homes", report.homes().size());
    return json;
  }

  /** Whose data it shows, for the record. */
  static String whose(List<AlertBook.Seen> open) {
    return String.join(
        ",",
        open.stream()
            .limit(SHOWN_MAX)
            .map(AlertBook.Seen::alert)
            .map(Alert::id)
            .map(Object::toString)
            .toList());
  }
}
