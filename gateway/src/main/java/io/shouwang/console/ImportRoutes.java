package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.registry.ImportState;
import io.shouwang.registry.ImportState.Stage;
import io.shouwang.registry.Imports;
import io.shouwang.registry.IncomingRefused;
import io.shouwang.registry.Office;
import io.shouwang.registry.Preview;
import io.shouwang.registry.RegistryFolder.Edits;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A whole registry, brought in by an administrator of a topmost area: checked, looked at, activated
 * or taken back.
 */
final class ImportRoutes {
  static final long ZIP_BYTES_MAX = 256L << 20;
  private static final Set<Who> ADMINISTRATORS = Set.of(Who.ADMINISTRATOR);
  private static final int BODY_BYTES_MAX = 1_024;
  private static final int WORD_MAX = 16;

  private final Office office;
  private final Body.Pace pace;

  ImportRoutes(Office office, Body.Pace pace) {
    this.office = office;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/imports", ADMINISTRATORS, this::begin),
        Route.get("/api/v1/imports", ADMINISTRATORS, this::list),
        Route.get("/api/v1/imports/{id}", ADMINISTRATORS, this::show),
        Route.post("/api/v1/imports/{id}/activation", ADMINISTRATORS, this::activate),
        Route.delete("/api/v1/imports/{id}", ADMINISTRATORS, this::cancel));
  }

  /** All of the registry is everybody's in it, whoever's area they are in. */
  private void requireTopmost(Caller caller) {
    if (!new EntrySight(office.registry(), RegistryRoutes.operator(caller)).isTopmost()) {
      throw new Problem(
          403,
          "topmost-area",
          "You may not do this",
          "a whole registry is for administrators of a topmost area; edit entries instead");
    }
  }

  private void begin(Context context, Caller caller) throws IOException {
    requireTopmost(caller);
    String type = context.contentType();
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!media.equals("application/zip")) {
      throw new Problem(
          415,
          "media-type",
          "Not a media type taken here",
          "send the registry's CSV files as a zip, with Content-Type: application/zip");
    }
    if (context.req().getContentLengthLong() > ZIP_BYTES_MAX) {
      throw Problem.tooLarge(ZIP_BYTES_MAX);
    }
    Imports imports = office.imports();
    ImportState begun = imports.begin(caller.name()).orElseThrow(() -> running(imports));
    AlertRoutes.ACCESS.info(
        "who={} look=begin_import import={} result=202", caller.name(), begun.id());
    try {
      answer(context, 202, imports.receive(begun, Body.stream(context, ZIP_BYTES_MAX, pace)));
    } catch (IncomingRefused refused) {
      throw Problem.badRequest(String.valueOf(refused.getMessage()));
    }
  }

  private static Problem running(Imports imports) {
    Problem problem =
        new Problem(
            409,
            "import-running",
            "Another import isn't over",
            "activate it or take it back first; there is one at a time");
    List<ImportState> all = imports.list();
    return all.isEmpty() ? problem : problem.with("import", all.getFirst().id());
  }

  private static void answer(Context context, int status, ImportState state) {
    if (status == 202) {
      context.header("Location", "/api/v1/imports/" + state.id());
    }
    JsonWriter.answer(context, status, ImportJson.whole(state));
  }

  private void list(Context context, Caller caller) {
    requireTopmost(caller);
    JsonWriter.answer(
        context,
        200,
        Map.of(
            "imports",
            office.imports().list().stream().map(ImportJson::brief).toList(),
            "bytes_max",
            ZIP_BYTES_MAX));
  }

  private ImportState find(Context context) {
    return office
        .imports()
        .find(context.pathParam("id"))
        .orElseThrow(() -> Problem.notFound("import"));
  }

  private void show(Context context, Caller caller) {
    requireTopmost(caller);
    ImportState state = find(context);
    if (state.stage().isEnd() || state.stage() == Stage.READY) {
      AlertRoutes.ACCESS.info("who={} look=import import={} result=200", caller.name(), state.id());
    }
    answer(context, 200, state);
  }

  private void activate(Context context, Caller caller) {
    requireTopmost(caller);
    ImportState state = find(context);
    Edits edits = edits(CallReader.json(Body.json(context, BODY_BYTES_MAX, pace)));
    Preview preview = state.preview();
    if (preview != null && preview.lostCount() > 0 && edits == Edits.REFUSE) {
      throw new Problem(
              409,
              "edits-stand",
              "It would undo edits",
              "say edits: keep_edits or undo_edits; the import's preview lists them")
          .with("undone_count", preview.lostCount());
    }
    ImportState begun =
        office
            .imports()
            .activate(state.id(), edits)
            .orElseThrow(() ->
                new Problem(
                    409,
                    "import-not-ready",
                    "It can't be activated",
                    "only an import that was checked and not taken back can take force, once"));
    AlertRoutes.ACCESS.info(
        "who={} look=activate_import import={} edits={} registry={} result=202",
        caller.name(),
        begun.id(),
        edits.name().toLowerCase(Locale.ROOT),
        preview == null ? "" : preview.hash());
    answer(context, 202, begun);
  }

  private static Edits edits(JsonNode json) {
    String said = CallReader.text(json, "edits", WORD_MAX);
    return switch (said == null ? "" : said) {
      case "" -> Edits.REFUSE;
      case "keep_edits" -> Edits.KEEP;
      case "undo_edits" -> Edits.UNDO;
      default -> throw Problem.badRequest("edits must be keep_edits or undo_edits");
    };
  }

  private void cancel(Context context, Caller caller) {
    requireTopmost(caller);
    ImportState state =
        office
            .imports()
            .cancel(find(context).id())
            .orElseThrow(() ->
                new Problem(
                    409, "import-over", "It can't be taken back", "it holds already, or is over"));
    AlertRoutes.ACCESS.info(
        "who={} look=cancel_import import={} result=200", caller.name(), state.id());
    answer(context, 200, state);
  }
}
