package io.shouwang.console;

import io.shouwang.registry.ImportState;
import io.shouwang.registry.ImportState.Stage;
import io.shouwang.registry.Preview;
import io.shouwang.registry.RegistryCounts;
import io.shouwang.registry.RegistryFolder.Undone;
import io.shouwang.registry.RowProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How far an import is, for the API. */
final class ImportJson {
  private static final int PROBLEMS_MAX = 200;

  private ImportJson() {}

  /** Without what would change: one of several. */
  static Map<String, Object> brief(ImportState state) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("import", state.id());
    json.put("by", state.by());
    json.put("begun_at", state.begun().toString());
    json.put("stage", state.stage().name().toLowerCase(Locale.ROOT));
    json.put("problem_count", state.problemCount());
    return json;
  }

  static Map<String, Object> whole(ImportState state) {
    Map<String, Object> json = brief(state);
    boolean isCounting = state.stage() == Stage.READING || state.stage() == Stage.COMPARING;
    if (isCounting && state.of() > 0) {
      json.put("file", state.file());
      json.put("rows", state.rows());
      json.put("of", state.of());
      json.put("percent", Math.min(100, state.rows() * 100 / state.of()));
    }
    if (!state.why().isEmpty()) {
      json.put("why", state.why());
    }
    json.put(
        "problems",
        state.problems().stream().limit(PROBLEMS_MAX).map(ImportJson::problem).toList());
    Preview preview = state.preview();
    if (preview != null) {
      json.put("preview", preview(preview));
    }
    json.put("misfits", state.misfits().stream().map(Orders::json).toList());
    if (state.secrets() != null) {
      json.put("secrets_file", state.secrets());
      json.put("new_secrets", state.newSecrets());
    }
    return json;
  }

  private static Map<String, Object> problem(RowProblem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", problem.file());
    json.put("line", problem.line());
    json.put("column", problem.column());
    json.put("value", problem.value());
    json.put("what", problem.what());
    json.put("remedy", problem.remedy());
    return json;
  }

  private static Map<String, Object> preview(Preview preview) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("registry", preview.hash());
    json.put("before", counts(preview.before()));
    json.put("after", counts(preview.after()));
    json.put("sections", preview.sections().stream().map(ImportJson::section).toList());
    json.put("files", preview.files());
    json.put("undone", preview.lost().stream().map(ImportJson::undone).toList());
    json.put("undone_count", preview.lostCount());
    return json;
  }

  static Map<String, Object> counts(RegistryCounts counts) {
    return Map.of(
        "areas", counts.areas(),
        "homes", counts.homes(),
        "elders", counts.elders(),
        "devices", counts.devices(),
        "responders", counts.responders(),
        "contacts", counts.contacts());
  }

  private static Map<String, Object> section(Preview.OfSection section) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("section", section.section().word());
    json.put("added", some(section.added()));
    json.put("changed", some(section.changed()));
    json.put("removed", some(section.removed()));
    return json;
  }

  private static Map<String, Object> some(Preview.Some some) {
    return Map.of("count", some.count(), "ids", some.ids());
  }

  /** Which fields, not what they say. */
  private static Map<String, Object> undone(Undone undone) {
    return Map.of(
        "section", undone.entry().section().word(),
        "id", undone.entry().id(),
        "removed", undone.entry().isAbsent(),
        "fields", List.copyOf(undone.fields()));
  }
}
