package io.shouwang.console;

import io.shouwang.model.Directory;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** An elder as the API shows them. What a caller may not see is masked in the directory already. */
record ElderJson(Instant now, ZoneId zone) {

  /** For a list: who it is, and how to reach them. */
  Map<String, Object> line(Directory.Elder elder) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", elder.id().value());
    json.put("name", elder.name());
    Integer birthYear = elder.birthYear();
    if (birthYear != null) {
      json.put("age", now.atZone(zone).getYear() - birthYear);
    }
    json.put("ability", elder.ability());
    json.put("categories", elder.categories().stream().sorted().toList());
    json.put("phone", elder.phone());
    return json;
  }

  /** With what is noted of them: for whoever has to do with them now. */
  Map<String, Object> noted(Directory.Elder elder) {
    Map<String, Object> json = line(elder);
    json.put("notes", elder.notes());
    return json;
  }

  /** All that the registry says. */
  Map<String, Object> card(Directory.Elder elder) {
    Map<String, Object> json = noted(elder);
    if (elder.birthYear() != null) {
      json.put("birth_year", elder.birthYear());
    }
    return json;
  }
}
