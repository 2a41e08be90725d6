package io.shouwang.console;

import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Other people's code that the page runs: from WebJars, or beside the page where there is no
 * WebJar, with its licences in {@code NOTICE.txt}. Each file's name has its version in it, so a
 * browser keeps it for good.
 */
final class Libraries {
  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final String FOR_GOOD = "public, max-age=31536000, immutable";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private record Library(String name, String resource, String type) {}

  private static final class Kept {
    final byte[] bytes;
    final String type;
    final String tag;

    Kept(Library library) {
      bytes = PlainRoutes.resource(library.resource());
      type = library.type();
      tag = tag(bytes);
    }
  }

  /** The versions are those of the root pom.xml and of the folder {@code lib}. */
  private static final List<Library> ALL =
      List.of(
          new Library("leaflet-1.9.4.js", WEBJARS + "leaflet/1.9.4/dist/leaflet.js", SCRIPT),
          new Library(
              "leaflet-1.9.4.css",
              WEBJARS + "leaflet/1.9.4/dist/leaflet.css",
              "text/css; charset=utf-8"),
          new Library("protomaps-leaflet-5.1.0.js", "lib/protomaps-leaflet-5.1.0.js", SCRIPT),
          new Library("pmtiles-4.5.0.js", "lib/pmtiles-4.5.0.js", SCRIPT),
          new Library("NOTICE.txt", "lib/NOTICE.txt", "text/plain; charset=utf-8"));

  private Libraries() {}

  static Route route() {
    Map<String, Kept> all = new LinkedHashMap<>();
    for (Library each : ALL) {
      all.put(each.name(), new Kept(each));
    }
    return Route.get(
        "/console/lib/{library}", Set.of(Who.ANYONE), (context, _) -> answer(context, all));
  }

  private static void answer(Context context, Map<String, Kept> all) {
    Kept kept = all.get(context.pathParam("library"));
    if (kept == null) {
      throw Problem.notFound("file");
    }
    context.header("Cache-Control", FOR_GOOD).header("ETag", kept.tag);
    if (kept.tag.equals(context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    context.contentType(kept.type).result(kept.bytes);
  }

  static List<String> names() {
    return ALL.stream().map(Library::name).toList();
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
