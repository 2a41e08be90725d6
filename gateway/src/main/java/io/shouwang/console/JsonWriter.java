package io.shouwang.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers in JSON: trees of maps, lists, strings and numbers, one line each. */
final class JsonWriter {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private JsonWriter() {}

  static byte[] bytes(Object tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException half) {
      return withoutHalves(tree);
    }
  }

  /** Half a sign, wherever it came from, must not keep the rest from whoever looks at it. */
  private static byte[] withoutHalves(Object tree) {
    try {
      return MAPPER.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  static void answer(Context context, int status, Map<String, Object> tree) {
    context.status(status).contentType("application/json").result(bytes(tree));
  }

  static void answer(Context context, Problem problem) {
    problem.headers().forEach(context::header);
    problem(context, problem.status(), problem.body());
  }

  static void problem(Context context, int status, Map<String, Object> body) {
    context.status(status).contentType("application/problem+json").result(bytes(body));
  }
}
