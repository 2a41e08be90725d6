package io.shouwang.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The duty seat's page: its modules and styles, each read once from the program. */
final class ConsoleFiles {
  /** A test holds this list against the folder. */
  static final List<String> NAMES =
      List.of(
          "actions.js",
          "alert-page.js",
          "alert.css",
          "api.js",
          "app.js",
          "base.css",
          "caller.js",
          "clock.js",
          "close.js",
          "dialogs.js",
          "dom.js",
          "events.js",
          "feed.js",
          "handover.js",
          "incidents.js",
          "keys.js",
          "order.js",
          "queue.css",
          "queue.js",
          "responders.js",
          "row.js",
          "session.js",
          "sound.js",
          "store.js",
          "timeline.js",
          "where.js",
          "words.js",
          "words_en.js",
          "words_zh.js");

  private ConsoleFiles() {}

  static Route route() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    NAMES.forEach(name -> files.put(name, PlainRoutes.resource("page/" + name)));
    return Route.get(
        "/console/{file}",
        Set.of(Who.ANYONE),
        (context, _) -> {
          String name = context.pathParam("file");
          byte[] file = files.get(name);
          if (file == null) {
            throw Problem.notFound("file");
          }
          String type = name.endsWith(".css") ? "text/css" : "text/javascript";
          context.contentType(type + "; charset=utf-8").result(file);
        });
  }
}
