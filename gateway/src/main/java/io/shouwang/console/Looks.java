package io.shouwang.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where routes say who looks at what (P8): one line in the access log, and one entry in the record
 * of the request that is being answered. Ids only. Any thread.
 */
final class Looks {
  private static final Logger LOG = LoggerFactory.getLogger("access");

  /** The words under which routes name those whose data they show. */
  private static final Set<String> WHOSE =
      Set.of("alert", "alerts", "home", "homes", "elder", "elders", "drill", "to");

  /**
   * Records a look.
   *
   * @param pairs {@code key=word} or <code>key={}</code>, with spaces between
   * @param values of the braces, in their order
   */
  void info(String pairs, Object... values) {
    LOG.info(pairs, values);
    Trace trace = Trace.current();
    if (trace == null) {
      return;
    }
    Map<String, String> said = new LinkedHashMap<>();
    int next = 0;
    for (String pair : pairs.split(" ", -1)) {
      int equals = pair.indexOf('=');
      String word = pair.substring(equals + 1);
      said.put(
          pair.substring(0, equals), word.equals("{}") ? String.valueOf(values[next++]) : word);
    }
    List<String> whose = new ArrayList<>();
    StringBuilder note = new StringBuilder();
    said.forEach((key, value) -> {
      if (WHOSE.contains(key)) {
        if (!value.isEmpty() && !value.equals("-")) {
          whose.addAll(List.of(value.split(",", -1)));
        }
      } else if (!Set.of("who", "look", "result").contains(key)) {
        note.append(note.isEmpty() ? "" : " ").append(key).append('=').append(value);
      }
    });
    trace.note(
        Objects.requireNonNullElse(said.get("who"), "nobody"),
        Objects.requireNonNullElse(said.get("look"), ""),
        whose,
        said.getOrDefault("result", "200"),
        note.toString());
  }
}
