package io.shouwang.console;

import io.shouwang.alerts.CareBook;
import io.shouwang.model.Ability;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.rules.Duties;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.OwedContact;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is owed to whom at a moment, by one generation of the registry. */
record DutyList(CareBook book, Directory registry, Instant now) {
  private static final Role GRID_WORKER = new Role("grid_worker");

  /**
   * One duty towards one elder.
   *
   * @param worker the first grid worker who answers for the elder; null when there is none
   */
  record Line(
      Directory.Elder elder, Directory.Home home, @Nullable ResponderId worker, OwedContact owed) {
    AreaId area() {
      return home.area();
    }
  }

  /** Stops looking at homes; what was found until then stands. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super(null, null, false, false);
    }
  }

  /**
   * What was found.
   *
   * @param whole false when there were more homes than were looked at
   */
  record Found(List<Line> lines, boolean whole) {}

  /**
   * The duties in an area and below it: the longest missed first, among those of one day the least
   * able.
   *
   * @param homesMax how many homes are looked at
   */
  Found of(
      AreaId area,
      Predicate<Directory.Elder> whose,
      Predicate<OwedContact> which,
      boolean workers,
      int homesMax) {
    LimitsBook limits = book.limits();
    ZonedDateTime local = now.atZone(limits.zone());
    List<Line> lines = new ArrayList<>();
    int[] looked = {0};
    boolean whole = true;
    try {
      registry.eachHome(
          area,
          id -> {
            if (looked[0]++ >= homesMax) {
              throw new Enough();
            }
            Directory.Home home = registry.home(id);
            if (home != null && !home.elders().isEmpty()) {
              home.elders().stream()
                  .map(registry::elder)
                  .filter(elder -> elder != null && whose.test(elder))
                  .forEach(elder -> add(lines, limits, home, elder, local, which, workers));
            }
          });
    } catch (Enough enough) {
      whole = false;
    }
    lines.sort(
        Comparator.comparing((Line line) -> line.owed().state())
            .thenComparing(line -> since(line.owed()))
            .thenComparingInt(line -> Ability.rank(line.elder().ability()))
            .thenComparing(line -> line.elder().id())
            .thenComparing(line -> line.owed().duty()));
    return new Found(lines, whole);
  }

  private static Instant since(OwedContact owed) {
    Instant missedAt = owed.missedAt();
    return missedAt == null ? owed.dueAt() : missedAt;
  }

  private void add(
      List<Line> lines,
      LimitsBook limits,
      Directory.Home home,
      Directory.Elder elder,
      ZonedDateTime local,
      Predicate<OwedContact> which,
      boolean workers) {
    CareBook.Care care = book.of(home.id());
    Duties duties =
        new Duties(
            limits.of(registry, home.id(), elder.id()).duties(),
            care.contacts(),
            care.modes(),
            local);
    ResponderId worker = null;
    boolean isAsked = false;
    for (OwedContact owed : duties.of(elder)) {
      if (which.test(owed)) {
        if (workers && !isAsked) {
          worker = worker(home.id(), elder);
          isAsked = true;
        }
        lines.add(new Line(elder, home, worker, owed));
      }
    }
  }

  private @Nullable ResponderId worker(HomeId home, Directory.Elder elder) {
    List<Contact> workers = registry.contacts(home, Set.of(elder.id()), GRID_WORKER, now);
    return workers.isEmpty() ? null : workers.getFirst().responder();
  }

  /** A line as the API shows it. */
  Map<String, Object> json(Line line, Wording wording) {
    OwedContact owed = line.owed();
    Map<String, Object> elder = new LinkedHashMap<>();
    elder.put("id", line.elder().id().value());
    elder.put("name", line.elder().name());
    Integer birthYear = line.elder().birthYear();
    if (birthYear != null) {
      elder.put("age", now.atZone(book.limits().zone()).getYear() - birthYear);
    }
    if (!line.elder().ability().isEmpty()) {
      elder.put("ability", line.elder().ability());
    }
    elder.put("phone", line.elder().phone());
    elder.put("categories", line.elder().categories().stream().sorted().toList());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("elder", elder);
    json.put("home", line.home().id().value());
    json.put("address", line.home().address());
    json.put("home_phone", line.home().phone());
    json.put("area", line.area().value());
    json.put("area_name", areaName(registry, line.area()));
    if (line.worker() != null) {
      json.put("worker", line.worker().value());
      json.put("worker_name", Wording.person(line.worker(), registry));
    }
    json.putAll(owed(owed, wording));
    json.put("period", owed.period());
    return json;
  }

  /** What is owed, how far it is done, and until when. */
  static Map<String, Object> owed(OwedContact owed, Wording wording) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("duty", owed.duty());
    json.put("text", wording.word(owed.duty()));
    json.put("state", AlertCard.word(owed.state()));
    json.put("done", owed.done());
    json.put("count", owed.count());
    json.put("due_at", owed.dueAt().toString());
    if (owed.missedAt() != null) {
      json.put("missed_at", owed.missedAt().toString());
    }
    if (owed.lastAt() != null) {
      json.put("last_at", owed.lastAt().toString());
    }
    return json;
  }

  /** An area as people call it; its id when the registry doesn't say. */
  static String areaName(Directory registry, AreaId area) {
    Directory.Home standIn = registry.home(HomeId.ofArea(area));
    return standIn == null || standIn.address().isEmpty() ? area.value() : standIn.address();
  }
}
