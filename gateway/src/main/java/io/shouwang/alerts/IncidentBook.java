package io.shouwang.alerts;

import java.util.List;
import java.util.Optional;

/** The open incidents of areas, as the outside may see them. Any thread. */
public interface IncidentBook {

  /** All that are open, in no order. */
  List<Alert> open();

  /** The open incident that an alert of a home is part of. */
  Optional<Alert> covering(Alert alert);

  /** The alerts of homes that are part of an incident: open, or closed lately. */
  List<Alert> members(Alert incident);

  /** How the homes of an incident stand. */
  default HeadCount headCount(Alert incident) {
    return HeadCount.of(members(incident));
  }
}
