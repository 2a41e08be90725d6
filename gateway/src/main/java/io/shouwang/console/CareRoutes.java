package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.CareBook;
import io.shouwang.intake.ContactReader;
import io.shouwang.intake.Lane;
import io.shouwang.model.Answer;
import io.shouwang.model.CareContact;
import io.shouwang.model.ContactReport;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Visits and calls: recording them, and looking at them. */
final class CareRoutes {
  private static final Set<Who> HISTORIANS =
      Set.of(Who.DISPATCHER, Who.SUPERVISOR, Who.GRID_WORKER, Who.ORGANIZATION_WORKER);

  private final CareBook book;
  private final Supplier<Directory> directory;
  private final Submitter submitter;
  private final Body.Pace pace;

  CareRoutes(CareBook book, Supplier<Directory> directory, Submitter submitter, Body.Pace pace) {
    this.book = book;
    this.directory = directory;
    this.submitter = submitter;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/elders/{elder}/contacts", AlertRoutes.ANSWERERS, this::record),
        Route.get("/api/v1/elders/{elder}/contacts", HISTORIANS, this::contacts));
  }

  private void record(Context context, Caller caller) {
    Directory.Elder elder = elder(context, caller, "record_contact");
    byte[] body = Body.json(context, ContactReader.PAYLOAD_BYTES_MAX, pace);
    ContactReport report =
        switch (ContactReader.read(body, elder.id())) {
          case ContactReader.Result.Read(ContactReport read) -> read;
          case ContactReader.Result.Unreadable(String why) -> throw Problem.badRequest(why);
        };
    Answering answering = Answering.of(caller, directory.get());
    Input.ContactRecorded input =
        new Input.ContactRecorded(report, answering.by(), answering.dispatcher(), "http");
    Submitter.Synced synced = submitter.submit(input, Lane.TELEMETRY);
    if (synced.answer() instanceof Answer.Refused(Answer.Reason reason, String detail)) {
      throw AlertRoutes.refused(reason, detail);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", synced.number());
    json.put("elder", elder.id().value());
    json.put("result", synced.answer() instanceof Answer.Repeated ? "repeated" : "taken");
    JsonWriter.answer(context, 200, json);
  }

  /** The elder of the path, if the caller has to do with them; the look is recorded either way. */
  private Directory.Elder elder(Context context, Caller caller, String look) {
    String name = context.pathParam("elder");
    if (!Identity.isValid(name)) {
      throw Problem.notFound("elder");
    }
    Directory now = directory.get();
    Directory.Elder elder = now.elder(new ElderId(name));
    boolean isTheirs =
        elder != null
            && switch (caller) {
              case Caller.Nobody _, Caller.OfDevice _ -> false;
              case Caller.OfResponder responder ->
                  !now.roles(elder.home(), elder.id(), responder.id()).isEmpty();
              case Caller.OfOperator operator -> new Sight(now).looksAfter(operator, elder);
            };
    AlertRoutes.ACCESS.info(
        "who={} look={} elder={} result={}", caller.name(), look, name, isTheirs ? 200 : 404);
    if (elder == null || !isTheirs) {
      throw Problem.notFound("elder");
    }
    return elder;
  }

  private void contacts(Context context, Caller caller) {
    Directory.Elder elder = elder(context, caller, "contacts");
    List<Map<String, Object>> contacts = new ArrayList<>();
    for (CareContact contact : book.of(elder.home()).contacts().reversed()) {
      if (contact.elder().equals(elder.id())) {
        contacts.add(contact(book, contact, directory.get()));
      }
    }
    JsonWriter.answer(context, 200, Map.of("elder", elder.id().value(), "contacts", contacts));
  }

  /** Through a veil without its note: free text, in which anybody's name or illness may be. */
  static Map<String, Object> contact(CareBook book, CareContact contact, Directory seen) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("means", contact.means().word());
    json.put("by", contact.by());
    json.put("roles", contact.roles().stream().map(Role::value).sorted().toList());
    json.put("at", contact.at().toString());
    json.put("result", contact.result());
    if (!MaskedDirectory.is(seen)) {
      book.note(contact).ifPresent(note -> json.put("note", note));
    }
    return json;
  }
}
