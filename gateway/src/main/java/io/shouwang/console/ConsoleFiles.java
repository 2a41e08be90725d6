package io.shouwang.console;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The console's page: its modules and styles, each read once from the program. What belongs to one
 * room lies in a folder of its own.
 */
final class ConsoleFiles {
  /** No dot but before the ending, so that a name leads nowhere else. */
  private static final Pattern FILE = Pattern.compile("[a-z0-9_-]{1,64}\\.(?:js|css)");

  private static final Pattern ROOM = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Set<Who> ANYONE = Set.of(Who.ANYONE);

  private final Map<String, byte[]> read = new ConcurrentHashMap<>();

  List<Route> routes() {
    return List.of(
        Route.get(
            "/console/{file}", ANYONE, (context, _) -> answer(context, context.pathParam("file"))),
        Route.get(
            "/console/{room}/{file}",
            ANYONE,
            (context, _) -> {
              if (!ROOM.matcher(context.pathParam("room")).matches()) {
                throw Problem.notFound("file");
              }
              answer(context, context.pathParam("room") + "/" + context.pathParam("file"));
            }));
  }

  private void answer(Context context, String name) {
    byte[] bytes =
        FILE.matcher(name.substring(name.indexOf('/') + 1)).matches() ? find(name) : null;
    if (bytes == null) {
      throw Problem.notFound("file");
    }
    String type = name.endsWith(".css") ? "text/css" : "text/javascript";
    context.contentType(type + "; charset=utf-8").result(bytes);
  }

  /** Keeps only what is there: names that somebody makes up take no room. */
  private byte @Nullable [] find(String name) {
    return read.computeIfAbsent(
        name,
        wanted -> {
          try (InputStream in = ConsoleFiles.class.getResourceAsStream("page/" + wanted)) {
            return in == null ? null : in.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(wanted, e);
          }
        });
  }
}
