package io.shouwang.console;

import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.Operator;
import io.shouwang.registry.Entry;
import io.shouwang.registry.Registry;
import io.shouwang.registry.Roster;

/**
 * Which of the registry's entries somebody may look at and edit: those of their area and below it.
 * People and schedules, who may answer anywhere, are for the topmost areas.
 */
record EntrySight(Registry now, Operator operator) {

  boolean isTopmost() {
    return now.areaPath(operator.area()).size() == 1;
  }

  /** Whether an entry is theirs; one that isn't there yet, by what it says. */
  boolean covers(Entry entry) {
    String id = entry.id();
    if (isTopmost()) {
      return true;
    }
    return switch (entry.section()) {
      case AREAS -> {
        boolean isNew = now.areaPath(new AreaId(id)).isEmpty();
        boolean isBelow = isIn(id) && !operator.area().value().equals(id);
        yield (isNew || isBelow) && (entry.isAbsent() || isIn(value(entry, "parent")));
      }
      case AREA_CONTACTS -> isIn(id);
      case HOMES -> entry.isAbsent() ? isFreeHome(id) : isIn(value(entry, "area"));
      case HOME_CONTACTS -> isHome(id);
      case ELDERS -> entry.isAbsent() ? isFreeElder(id) : isHome(value(entry, "home"));
      case ELDER_CONTACTS -> isElder(id);
      case DEVICES -> isDevice(entry);
      case RESPONDERS, WAYS, SCHEDULES, EXCEPTIONS -> false;
    };
  }

  private boolean isFreeHome(String id) {
    return now.home(new HomeId(id)) == null || isHome(id);
  }

  private boolean isFreeElder(String id) {
    return now.elder(new ElderId(id)) == null || isElder(id);
  }

  private boolean isDevice(Entry entry) {
    Directory.Placement placement = now.placement(new DeviceId(entry.id()));
    HomeId at = placement == null ? null : placement.home();
    if (entry.isAbsent()) {
      return placement == null || (at != null && isHome(at.value()));
    }
    String home = value(entry, "home");
    String elder = value(entry, "elder");
    String hub = value(entry, "hub");
    Directory.Placement through = Identity.isValid(hub) ? now.placement(new DeviceId(hub)) : null;
    HomeId there = through == null ? null : through.home();
    return !home.isEmpty()
        ? isHome(home)
        : !elder.isEmpty() ? isElder(elder) : there != null && isHome(there.value());
  }

  private static String value(Entry entry, String field) {
    return entry.rows().getFirst().getOrDefault(field, "");
  }

  private boolean isIn(String area) {
    return Identity.isValid(area) && now.areaPath(new AreaId(area)).contains(operator.area());
  }

  private boolean isHome(String home) {
    Directory.Home card = Identity.isValid(home) ? now.home(new HomeId(home)) : null;
    return card != null && isIn(card.area().value());
  }

  private boolean isElder(String elder) {
    Directory.Elder card = Identity.isValid(elder) ? now.elder(new ElderId(elder)) : null;
    return card != null && isHome(card.home().value());
  }

  /** Whether a schedule fills a role within their area. */
  boolean coversSchedule(String schedule) {
    return isTopmost()
        || new Roster(now)
            .posts().stream()
                .anyMatch(post -> post.schedule().equals(schedule) && isIn(post.area().value()));
  }
}
