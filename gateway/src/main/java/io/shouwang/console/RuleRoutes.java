package io.shouwang.console;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.shouwang.model.Directory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules and ladders: looked at, checked, and put in force. */
final class RuleRoutes {
  private static final Set<Who> VIEWERS = Set.of(Who.SUPERVISOR, Who.ADMINISTRATOR);
  private static final Set<Who> CHANGERS = Set.of(Who.ADMINISTRATOR);
  private static final String RULES = "rules.yaml";
  private static final String LADDERS = "ladders.yaml";
  private static final int TEXT_LENGTH_MAX = 256 * 1024;
  private static final int BODY_BYTES_MAX = 1024 * 1024;
  private static final int WHY_LENGTH_MAX = 200;
  private static final int WARNINGS_MAX = 100;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(4)
                          .maxStringLength(TEXT_LENGTH_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private final PolicyDesk desk;
  private final Supplier<Directory> directory;
  private final Body.Pace pace;

  RuleRoutes(PolicyDesk desk, Supplier<Directory> directory, Body.Pace pace) {
    this.desk = desk;
    this.directory = directory;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/rules", VIEWERS, (context, caller) -> show(context, caller, RULES)),
        Route.get("/api/v1/ladders", VIEWERS, (context, caller) -> show(context, caller, LADDERS)),
        Route.get("/api/v1/rules/former", VIEWERS, this::former),
        Route.get("/api/v1/rules/former/{hash}", VIEWERS, this::formerOne),
        Route.post("/api/v1/rules/check", CHANGERS, this::check),
        Route.post("/api/v1/rules/activation", CHANGERS, this::activate));
  }

  private void show(Context context, Caller caller, String file) {
    PolicyDesk.InForce now = desk.inForce();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file);
    json.put("hash", now.hash());
    if (now.since() != null) {
      json.put("since", now.since().toString());
    }
    json.put("zone", now.zone());
    json.put("text", file.equals(RULES) ? now.texts().rules() : now.texts().ladders());
    json.put(
        "refused",
        now.refused().stream()
            .filter(mistake -> mistake.file().equals(file))
            .map(RuleRoutes::mistake)
            .toList());
    AlertRoutes.ACCESS.info("who={} look={} policy={}", caller.name(), file, now.hash());
    JsonWriter.answer(context, 200, json);
  }

  private void former(Context context, Caller caller) {
    AlertRoutes.ACCESS.info("who={} look=former_rules", caller.name());
    JsonWriter.answer(
        context,
        200,
        Map.of(
            "former",
            desk.former().stream()
                .map(each -> Map.of("hash", each.hash(), "kept_at", each.keptAt().toString()))
                .toList()));
  }

  private void formerOne(Context context, Caller caller) {
    String hash = context.pathParam("hash");
    PolicyDesk.Texts texts = HASH.matcher(hash).matches() ? desk.former(hash).orElse(null) : null;
    if (texts == null) {
      throw Problem.notFound("rules");
    }
    AlertRoutes.ACCESS.info("who={} look=former_rules policy={}", caller.name(), hash);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("hash", hash);
    json.put("rules", texts.rules());
    json.put("ladders", texts.ladders());
    JsonWriter.answer(context, 200, json);
  }

  private static Map<String, Object> mistake(PolicyDesk.Mistake mistake) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", mistake.file());
    json.put("line", mistake.line());
    json.put("column", mistake.column());
    json.put("what", mistake.what());
    json.put("remedy", mistake.remedy());
    return json;
  }

  private JsonNode body(Context context) {
    try {
      JsonNode json = MAPPER.readTree(Body.json(context, BODY_BYTES_MAX, pace));
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (IOException e) {
      // falls through to the one answer for what can't be read
    }
    throw Problem.badRequest(
        "the body must be a JSON object; no text may have more than "
            + TEXT_LENGTH_MAX
            + " characters");
  }

  /** Those sent; what isn't sent stays as it is in force. */
  private static PolicyDesk.Texts texts(JsonNode json, PolicyDesk.Texts now) {
    String ladders = CallReader.text(json, "ladders", TEXT_LENGTH_MAX);
    String rules = CallReader.text(json, "rules", TEXT_LENGTH_MAX);
    if (ladders == null && rules == null) {
      throw Problem.badRequest("send rules, ladders, or both");
    }
    return new PolicyDesk.Texts(
        ladders == null ? now.ladders() : ladders, rules == null ? now.rules() : rules);
  }

  private void check(Context context, Caller caller) {
    PolicyDesk.InForce now = desk.inForce();
    PolicyDesk.Checked checked = desk.check(texts(body(context), now.texts()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("based_on", now.hash());
    switch (checked) {
      case PolicyDesk.Checked.Bad(var mistakes) -> {
        json.put("good", false);
        json.put("problems", mistakes.stream().map(RuleRoutes::mistake).toList());
        json.put("warnings", List.of());
      }
      case PolicyDesk.Checked.Good(String hash, List<String> warnings) -> {
        json.put("good", true);
        json.put("hash", hash);
        json.put("same", hash.equals(now.hash()));
        json.put("problems", List.of());
        json.put("warnings", warnings.subList(0, Math.min(WARNINGS_MAX, warnings.size())));
        json.put("warnings_total", warnings.size());
      }
    }
    AlertRoutes.ACCESS.info("who={} look=check_rules", caller.name());
    JsonWriter.answer(context, 200, json);
  }

  private void activate(Context context, Caller caller) {
    JsonNode json = body(context);
    PolicyDesk.InForce now = desk.inForce();
    PolicyDesk.Texts texts = texts(json, now.texts());
    String basedOn = CallReader.required(json, "based_on", 64);
    String why = why(json);
    requireTopmost(caller);
    PolicyDesk.Activated activated = desk.activate(basedOn, texts);
    switch (activated) {
      case PolicyDesk.Activated.Done(String hash) -> {
        AlertRoutes.ACCESS.info(
            "who={} look=activate_rules before={} policy={} why={}",
            caller.name(),
            now.hash(),
            hash,
            why);
        JsonWriter.answer(context, 200, Map.of("hash", hash, "before", now.hash()));
      }
      case PolicyDesk.Activated.Bad(var mistakes) ->
          throw new Problem(
                  422, "mistakes", "There are mistakes", "correct them; nothing was changed")
              .with("problems", mistakes.stream().map(RuleRoutes::mistake).toList());
      case PolicyDesk.Activated.Refused(PolicyDesk.Activated.Why reason, String words) ->
          throw switch (reason) {
            case MOVED_ON -> new Problem(409, "moved-on", "Others are in force", words);
            case NOT_OURS -> new Problem(409, "not-ours", "The files can't be changed", words);
            case NOT_YET -> new Problem(503, "not-yet", "Not in force yet", words);
          };
    }
  }

  /** What the record keeps of it; one line. */
  private static String why(JsonNode json) {
    @Nullable String said = CallReader.text(json, "why", WHY_LENGTH_MAX);
    if (said == null || said.isBlank()) {
      throw Problem.badRequest("say in \"why\" what it is changed for");
    }
    return said.strip().replaceAll("\\p{Cntrl}", " ");
  }

  /** They hold for everybody, so nobody of a part of it may change them. */
  private void requireTopmost(Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)
        || directory.get().areaPath(operator.operator().area()).size() != 1) {
      throw new Problem(
          403,
          "not-topmost",
          "Rules hold for all areas",
          "an administrator of a topmost area changes them");
    }
  }
}
