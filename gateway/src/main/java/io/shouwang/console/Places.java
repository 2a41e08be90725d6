package io.shouwang.console;

import io.shouwang.model.AreaId;
import io.shouwang.model.Finder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Areas as the API shows them. Any thread. */
record Places(Finder finder) {

  /** From the topmost down to the area itself, each with its name. */
  List<Map<String, Object>> path(AreaId area) {
    List<Map<String, Object>> path = new ArrayList<>();
    for (Finder.Area at = finder.area(area); at != null; ) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", at.id().value());
      json.put("name", at.name());
      path.addFirst(json);
      AreaId parent = at.parent();
      at = parent == null ? null : finder.area(parent);
    }
    return path;
  }

  /** An area with what is in it. */
  static Map<String, Object> card(Finder.Area area) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", area.id().value());
    json.put("name", area.name());
    json.put("level", area.level());
    AreaId parent = area.parent();
    if (parent != null) {
      json.put("parent", parent.value());
    }
    json.put("areas", area.areas());
    json.put("homes", area.homes());
    json.put("elders", area.elders());
    return json;
  }
}
