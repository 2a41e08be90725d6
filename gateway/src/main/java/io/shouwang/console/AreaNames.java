package io.shouwang.console;

import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import java.util.List;

/** What people call areas. */
final class AreaNames {
  private AreaNames() {}

  /** The names of an area and all above it, the topmost first; empty when it isn't registered. */
  static List<String> path(Directory directory, AreaId area) {
    return directory.areaPath(area).reversed().stream().map(each -> name(directory, each)).toList();
  }

  private static String name(Directory directory, AreaId area) {
    Directory.Home standIn = directory.home(HomeId.ofArea(area));
    return standIn == null || standIn.address().isEmpty() ? area.value() : standIn.address();
  }
}
