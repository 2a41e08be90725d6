package io.shouwang.console;

import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A responder as the API shows them, and the ways to reach them. */
final class ResponderJson {
  private ResponderJson() {}

  static Map<String, Object> line(Directory.Responder responder) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", responder.id().value());
    json.put("name", responder.name());
    json.put("phone", responder.phone());
    return json;
  }

  /**
   * In the order in which they are tried.
   *
   * @param withAddress where each leads: nobody needs it but who has to try it
   */
  static List<Map<String, Object>> ways(List<Way> ways, boolean withAddress) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Way way : ways) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("channel", way.channel());
      json.put("after_s", way.after().toSeconds());
      json.put("verified", way.verified());
      if (withAddress && !way.address().isEmpty()) {
        json.put("address", way.address());
      }
      all.add(json);
    }
    return all;
  }
}
