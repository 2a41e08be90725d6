package io.shouwang.console;

import io.shouwang.alerts.Alert;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;

/** Who may see which alert (P8), by one generation of the registry. */
record Sight(Directory directory) {

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

  /** Whether a home lies in an operator's area, or they broke the glass before it. */
  boolean covers(Caller.OfOperator operator, HomeId home) {
    return covers(operator.operator().area(), home)
        || operator.broken().stream().anyMatch(broken -> home.equals(broken.home()));
  }

  boolean sees(Caller caller, Alert alert) {
    return switch (caller) {
      case Caller.Nobody _, Caller.OfDevice _ -> false;
      case Caller.OfResponder responder -> alert.asked(responder.id()).isPresent();
      case Caller.OfOperator operator ->
          (!operator.locked() || (alert.isAlarmClass() && alert.isOpen()))
              && (covers(operator, alert.home())
                  || operator.broken().stream()
                      .anyMatch(broken -> alert.id().equals(broken.alert())));
    };
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
            && covers(operator, alert.home()));
  }

  /**
   * Whether person, door and position are shown too: to responders while the alert is open, not on
   * the screen of a locked seat, before which anybody may stand.
   */
  static boolean isWhole(Caller caller, Alert alert) {
    return switch (caller) {
      case Caller.Nobody _, Caller.OfDevice _ -> false;
      case Caller.OfResponder _ -> alert.isOpen();
      case Caller.OfOperator operator -> !operator.locked();
    };
  }
}
