package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.intake.Lane;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a dispatcher corrects: an alert closed too early, two alerts that are one trouble. */
final class AmendingRoutes {
  private static final Set<Who> DISPATCHERS = Set.of(Who.DISPATCHER);

  private final AlertLooks looks;
  private final Submitter submitter;
  private final Body.Pace pace;

  AmendingRoutes(AlertLooks looks, Submitter submitter, Body.Pace pace) {
    this.looks = looks;
    this.submitter = submitter;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/alerts/{id}/reopenings", DISPATCHERS, this::reopen),
        Route.post("/api/v1/alerts/{id}/merges", DISPATCHERS, this::merge));
  }

  private void reopen(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    Alert alert = looks.find(context, caller, "reopen").alert();
    JsonNode body = body(context);
    String note = CallReader.text(body, "note", Reply.NOTE_LENGTH_MAX);
    JsonNode said = body.get("undo");
    if (said != null && !said.isBoolean()) {
      throw Problem.badRequest("undo must be true or false");
    }
    boolean undo = said != null && said.booleanValue();
    if (!undo && isBlank(note)) {
      throw new Problem(
          422,
          "note-missing",
          "An alert is opened again with a note",
          "say in \"note\" why it isn't over");
    }
    submit(
        context,
        alert.id(),
        new Input.AlertReopened(
            alert.id(), id(body), operator.operator().id(), true, "http", note, undo));
  }

  private static boolean isBlank(@Nullable String note) {
    return note == null || note.isBlank();
  }

  private void merge(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    Alert into = looks.find(context, caller, "merge").alert();
    JsonNode body = body(context);
    String name = CallReader.text(body, "from", Identity.LENGTH_MAX);
    if (name == null) {
      throw Problem.badRequest("from is missing: the alert that goes on in this one");
    }
    Alert from = looks.find(name, caller, "merge").alert();
    if (!from.home().equals(into.home())) {
      throw new Problem(
          409,
          "other-home",
          "Two homes are two alerts",
          "only alerts of one home can go on as one");
    }
    submit(
        context,
        into.id(),
        new Input.AlertsMerged(
            into.id(), from.id(), id(body), operator.operator().id(), true, "http"));
  }

  JsonNode body(Context context) {
    return CallReader.json(Body.json(context, CallReader.PAYLOAD_BYTES_MAX, pace));
  }

  static @Nullable String id(JsonNode body) {
    return CallReader.text(body, "id", Reply.ID_LENGTH_MAX);
  }

  void submit(Context context, AlertId alert, Input input) {
    Submitter.Synced synced = submitter.submit(input, Lane.ALARM);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", synced.number());
    json.put("alert", alert.value());
    switch (synced.answer()) {
      case Answer.Taken _ -> json.put("result", "taken");
      case Answer.Repeated _ -> json.put("result", "repeated");
      case Answer.Refused(Answer.Reason reason, String detail) ->
          throw AlertRoutes.refused(reason, detail);
    }
    JsonWriter.answer(context, 200, json);
  }
}
