package io.shouwang.console;

import io.shouwang.accounts.Seat;
import io.shouwang.alerts.Alert;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may see which alert (P8), by one generation of the registry. */
record Sight(Directory directory) {
  /** Roles of those who are in the registry themselves, and speak for who they are there. */
  static final Set<OperatorRole> WORKERS =
      Set.of(OperatorRole.GRID_WORKER, OperatorRole.ORGANIZATION_WORKER);

  /**
   * Whether a home lies in an area. Homes that nobody registered, the stand-ins among them, lie in
   * the topmost areas only.
   */
  boolean covers(AreaId area, HomeId home) {
    Directory.Home card = directory.home(home);
    return card == null
        ? directory.areaPath(area).size() == 1
        : directory.areaPath(card.area()).contains(area);
  }

  /**
   * Whether a home lies in an operator's area, or they broke the glass before it and are of the
   * office still: glass outlives no role.
   */
  boolean covers(Caller.OfOperator operator, HomeId home) {
    return covers(operator.operator().area(), home)
        || (isOffice(operator)
            && operator.broken().stream().anyMatch(broken -> home.equals(broken.home())));
  }

  boolean sees(Caller caller, Alert alert) {
    return switch (caller) {
      case Caller.Nobody _, Caller.OfDevice _ -> false;
      case Caller.OfResponder responder -> alert.asked(responder.id()).isPresent();
      case Caller.OfOperator operator ->
          (!operator.locked() || (alert.isAlarmClass() && alert.isOpen()))
              && (isTheirs(operator, alert)
                  || (isOffice(operator)
                      && operator.broken().stream()
                          .anyMatch(broken -> alert.id().equals(broken.alert()))));
    };
  }

  private boolean isTheirs(Caller.OfOperator operator, Alert alert) {
    ResponderId responder = responder(operator);
    boolean isOfArea = isOffice(operator) || operator.has(OperatorRole.GRID_WORKER);
    boolean isAsked = responder != null && alert.asked(responder).isPresent();
    return covers(operator, alert.home()) && (isOfArea || isAsked);
  }

  /**
   * Whether the live feed tells of an alert: as {@link #sees}, and that an alarm which a locked
   * seat was shown has ended.
   */
  boolean hears(Caller caller, Alert alert) {
    return sees(caller, alert)
        || (caller instanceof Caller.OfOperator operator
            && operator.locked()
            && alert.isAlarmClass()
            && isTheirs(operator, alert));
  }

  /**
   * Whom of the registry an operator speaks for: whom their account is linked to or, for workers,
   * who has their login name. Null for nobody.
   */
  @Nullable ResponderId responder(Caller.OfOperator operator) {
    Seat seat = operator.seat();
    if (!WORKERS.containsAll(operator.operator().roles())) {
      return null;
    }
    ResponderId linked = seat == null ? null : seat.person().responder();
    ResponderId responder = linked == null ? operator.operator().id() : linked;
    return directory.responder(responder) == null ? null : responder;
  }

  /**
   * Whether somebody has to do with an elder: their office, their grid's worker, or whoever answers
   * for this elder by the registry; in their area alone.
   */
  boolean looksAfter(Caller.OfOperator operator, Directory.Elder elder) {
    return covers(operator, elder.home())
        && (isOffice(operator)
            || operator.has(OperatorRole.GRID_WORKER)
            || answersFor(operator, elder));
  }

  /** Whether somebody has to do with whoever lives in a home. */
  boolean looksAfter(Caller.OfOperator operator, Directory.Home home) {
    return covers(operator, home.id())
        && (isOffice(operator)
            || operator.has(OperatorRole.GRID_WORKER)
            || home.elders().stream()
                .map(directory::elder)
                .anyMatch(elder -> elder != null && answersFor(operator, elder)));
  }

  /** Whether what they did for an elder may be recorded as a responder's. */
  boolean answersFor(Caller.OfOperator operator, Directory.Elder elder) {
    ResponderId responder = responder(operator);
    return responder != null
        && covers(operator, elder.home())
        && !directory.roles(elder.home(), elder.id(), responder).isEmpty();
  }

  /** Who sits in an office and sees their area as a whole. */
  static boolean isOffice(Caller.OfOperator operator) {
    return operator.has(OperatorRole.DISPATCHER) || operator.has(OperatorRole.SUPERVISOR);
  }

  /**
   * Whether person, door and position are shown too: to responders and workers while the alert is
   * open, not on the screen of a locked seat, before which anybody may stand.
   */
  static boolean isWhole(Caller caller, Alert alert) {
    return switch (caller) {
      case Caller.Nobody _, Caller.OfDevice _ -> false;
      case Caller.OfResponder _ -> alert.isOpen();
      case Caller.OfOperator operator ->
          !operator.locked() && (isOffice(operator) || alert.isOpen());
    };
  }
}
