package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.accounts.AlertNotes;
import io.shouwang.alerts.Alert;
import io.shouwang.model.AlertId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Identity;
import io.shouwang.model.ResponderId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notes on an alert: what the next seat must know and no form asks for. For operators; who else was
 * asked needs not read what is written about them.
 */
final class AlertNoteRoutes {
  private static final Set<Who> OFFICE = Set.of(Who.DISPATCHER, Who.SUPERVISOR);

  private final AlertNotes notes;
  private final AlertLooks looks;
  private final Supplier<Directory> directory;
  private final Consumer<AlertId> changed;
  private final Body.Pace pace;

  /**
   * Notes of this database.
   *
   * @param changed hears of an alert that has another note, so that other seats look again
   */
  AlertNoteRoutes(
      AlertNotes notes,
      AlertLooks looks,
      Supplier<Directory> directory,
      Consumer<AlertId> changed,
      Body.Pace pace) {
    this.notes = notes;
    this.looks = looks;
    this.directory = directory;
    this.changed = changed;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/alerts/{id}/notes", OFFICE, this::list),
        Route.post("/api/v1/alerts/{id}/notes", OFFICE, this::write),
        Route.delete("/api/v1/alerts/{id}/notes/{note}", OFFICE, this::takeBack));
  }

  private void list(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    Alert alert = looks.find(context, caller, "notes").alert();
    ResponderId own = operator.operator().id();
    JsonWriter.answer(
        context,
        200,
        Map.of("notes", notes.of(alert.id()).stream().map(note -> json(note, own)).toList()));
  }

  private void write(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    Alert alert = looks.find(context, caller, "write_note").alert();
    JsonNode body = CallReader.json(Body.json(context, CallReader.PAYLOAD_BYTES_MAX, pace));
    String own = CallReader.required(body, "id", Identity.LENGTH_MAX);
    String text = CallReader.prose(CallReader.required(body, "text", AlertNotes.TEXT_LENGTH_MAX));
    if (text.isBlank()) {
      throw new Problem(422, "note-missing", "A note says something", "write it in \"text\"");
    }
    ResponderId author = operator.operator().id();
    Trace.isRecorded();
    AlertNotes.Written written =
        notes.write(
            new AlertNotes.About(alert.id(), alert.home(), elders(alert)),
            AlertNotes.id(author, own),
            author,
            operator.operator().name(),
            text,
            Trace.actor(caller, context.ip()));
    if (written.isNew()) {
      changed.accept(alert.id());
    }
    JsonWriter.answer(context, written.isNew() ? 201 : 200, json(written.note(), author));
  }

  private void takeBack(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    Alert alert = looks.find(context, caller, "take_back_note").alert();
    ResponderId own = operator.operator().id();
    String id = context.pathParam("note");
    AlertNotes.Note note =
        notes.of(alert.id()).stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("note"));
    if (!note.author().equals(own)) {
      throw new Problem(
          403, "not-yours", "It isn't your note", "only who wrote a note takes it back");
    }
    Trace.isRecorded();
    AlertNotes.Note taken = notes.takeBack(alert.id(), id, own, Trace.actor(caller, context.ip()));
    changed.accept(alert.id());
    JsonWriter.answer(context, 200, json(taken, own));
  }

  /** Whom it is about: all of the home, where the alert is about nobody alone. */
  private Set<ElderId> elders(Alert alert) {
    return alert.elders().isEmpty()
        ? Set.copyOf(directory.get().elders(alert.home()))
        : alert.elders();
  }

  private static Map<String, Object> json(AlertNotes.Note note, ResponderId own) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("note", note.id());
    json.put("alert", note.alert().value());
    json.put("by", note.author().value());
    json.put("name", note.name());
    json.put("at", note.at().toString());
    Instant takenBackAt = note.takenBackAt();
    if (takenBackAt != null) {
      json.put("taken_back_at", takenBackAt.toString());
    } else if (note.author().equals(own)) {
      json.put("own_until", note.at().plus(AlertNotes.TAKEN_BACK_WITHIN).toString());
    }
    json.put("text", note.text());
    return json;
  }
}
