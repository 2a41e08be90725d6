package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Core;
import io.shouwang.host.Clock;
import io.shouwang.intake.Lane;
import io.shouwang.intake.ReplyReader;
import io.shouwang.levels.Cap;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Alerts: who may see them, who may answer them, and raising one for somebody who calls. */
final class AlertRoutes {
  static final int LIMIT_DEFAULT = 100;
  static final int LIMIT_MAX = 500;

  /** Each look at an alert (P8): who, at what, with what result. Ids only. */
  static final Looks ACCESS = new Looks();

  private static final Duration AHEAD_MAX = Duration.ofMinutes(2);
  private static final Duration BEFORE_MAX = Duration.ofDays(1);

  static final Set<Who> READERS =
      Set.of(
          Who.RESPONDER, Who.DISPATCHER, Who.SUPERVISOR, Who.GRID_WORKER, Who.ORGANIZATION_WORKER);

  /** Whoever may answer an alert, or record a visit: responders, linked accounts, the office. */
  static final Set<Who> ANSWERERS =
      Set.of(Who.RESPONDER, Who.DISPATCHER, Who.GRID_WORKER, Who.ORGANIZATION_WORKER);

  /** A worker at somebody's door raises one as a dispatcher does for whoever calls. */
  private static final Set<Who> RAISERS =
      Set.of(Who.DISPATCHER, Who.GRID_WORKER, Who.ORGANIZATION_WORKER);

  private final AlertBook book;
  private final AlertLooks looks;
  private final Supplier<Directory> directory;
  private final Colleagues colleagues;
  private final Submitter submitter;
  private final Body.Pace pace;
  private final Cap cap;
  private final Clock clock;
  private final ZoneId zone;

  AlertRoutes(
      AlertBook book,
      Supplier<Directory> directory,
      Colleagues colleagues,
      Submitter submitter,
      Body.Pace pace,
      Cap cap,
      Clock clock,
      ZoneId zone) {
    this.book = book;
    this.looks = new AlertLooks(book, directory);
    this.directory = directory;
    this.colleagues = colleagues;
    this.submitter = submitter;
    this.pace = pace;
    this.cap = cap;
    this.clock = clock;
    this.zone = zone;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/alerts", READERS, this::list),
        Route.get("/api/v1/alerts/{id}", READERS, this::show),
        Route.get("/api/v1/alerts/{id}/cap", Set.of(Who.DISPATCHER, Who.SUPERVISOR), this::cap),
        Route.post("/api/v1/alerts/{id}/replies", ANSWERERS, this::reply),
        Route.post("/api/v1/alerts", RAISERS, this::raise));
  }

  private void list(Context context, Caller caller) {
    List<AlertBook.Seen> all = new ArrayList<>();
    String state = context.queryParam("state");
    switch (state == null ? "open" : state) {
      case "open" -> all.addAll(book.open());
      case "closed" -> all.addAll(book.closed());
      case "all" -> {
        all.addAll(book.open());
        all.addAll(book.closed());
      }
      default -> throw Problem.badRequest("state must be open, closed or all");
    }
    int limit = Asked.number(context, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    Directory now = directory.get();
    Sight sight = new Sight(now);
    String area = context.queryParam("area");
    if (area != null && !Identity.isValid(area)) {
      throw Problem.badRequest("area must be an area's id");
    }
    String home = context.queryParam("home");
    if (home != null && !Identity.isValid(home)) {
      throw Problem.badRequest("home must be a home's id");
    }
    List<AlertBook.Seen> visible =
        AlertJson.sorted(
            all.stream()
                .filter(seen -> sight.sees(caller, seen.alert()))
                .filter(seen -> home == null || seen.alert().home().equals(new HomeId(home)))
                .filter(seen -> area == null || sight.covers(new AreaId(area), seen.alert().home()))
                .toList(),
            now);
    List<AlertBook.Seen> shown = visible.subList(0, Math.min(limit, visible.size()));
    AlertJson json = new AlertJson(now, Language.of(context), clock.wall(), zone, colleagues::name);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "alerts",
        shown.stream().map(seen -> json.seenBy(caller, seen.alert()).line(seen, caller)).toList());
    answer.put("total", visible.size());
    answer.put("as_of", clock.wall().toString());
    answer.put("zone", zone.getId());
    ACCESS.info(
        "who={} look=list alerts={} result=200",
        caller.name(),
        String.join(",", shown.stream().map(seen -> seen.alert().id().value()).toList()));
    JsonWriter.answer(context, 200, answer);
  }

  private void show(Context context, Caller caller) {
    AlertBook.Seen seen = looks.find(context, caller, "alert");
    AlertJson json = json(context).seenBy(caller, seen.alert());
    boolean isWhole = Sight.isWhole(caller, seen.alert());
    boolean calls = caller instanceof Caller.OfOperator operator && Sight.isOffice(operator);
    JsonWriter.answer(
        context,
        200,
        json.own(json.detail(seen, isWhole, calls, book), AlertJson.Own.of(seen.alert(), caller)));
  }

  AlertJson json(Context context) {
    return new AlertJson(
        directory.get(), Language.of(context), clock.wall(), zone, colleagues::name);
  }

  private void cap(Context context, Caller caller) {
    AlertBook.Seen seen = looks.find(context, caller, "cap");
    context.contentType(Cap.CONTENT_TYPE);
    Instant now = clock.wall();
    boolean withPosition = seen.alert().isOpen() && Veil.isLifted(caller, seen.alert(), now);
    context.result(cap.write(seen, now, withPosition));
  }

  private void reply(Context context, Caller caller) {
    Alert alert = looks.find(context, caller, "reply").alert();
    byte[] body = Body.json(context, ReplyReader.PAYLOAD_BYTES_MAX, pace);
    Reply reply =
        switch (ReplyReader.read(body, alert.id())) {
          case ReplyReader.Result.Read(Reply read) -> timed(read, alert);
          case ReplyReader.Result.Unreadable(String why) -> throw Problem.badRequest(why);
        };
    Answering answering = Answering.of(caller, directory.get());
    Input.ReplyReceived input =
        new Input.ReplyReceived(reply, answering.by(), answering.dispatcher(), "http");
    requireDisposition(input, alert);
    Submitter.Synced synced = submitter.submit(input, Lane.ALARM);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", synced.number());
    json.put("alert", alert.id().value());
    switch (synced.answer()) {
      case Answer.Taken _ -> json.put("result", "taken");
      case Answer.Repeated _ -> json.put("result", "repeated");
      case Answer.Refused(Answer.Reason reason, String detail) -> throw refused(reason, detail);
    }
    JsonWriter.answer(context, 200, json);
  }

  /**
   * What is passed on is passed on at some time: now, if nobody says when.
   *
   * @throws Problem 422 for a time that can't be meant
   */
  private Reply timed(Reply reply, Alert alert) {
    String how = reply.disposition();
    boolean isPassedOn =
        reply.answer() == Reply.Answer.DONE && how != null && how.startsWith(Closing.PASSED);
    if (!isPassedOn) {
      return reply;
    }
    Instant now = clock.wall();
    Instant at = reply.passedAt() == null ? now : reply.passedAt();
    if (at.isAfter(now.plus(AHEAD_MAX)) || at.isBefore(alert.raisedAt().minus(BEFORE_MAX))) {
      throw new Problem(
          422,
          "passed-at-wrong",
          "It can't have been passed on then",
          "say in passed_at when it was: not in the future, and at most a day before the alert");
    }
    return new Reply(
        reply.id(), reply.alert(), reply.answer(), reply.etaMin(), how, reply.note(), at);
  }

  /** Only a person closes, and says how it ended (P2). */
  private static void requireDisposition(Input.ReplyReceived input, Alert alert) {
    Reply reply = input.reply();
    boolean isDesk =
        alert.asked(input.by()).map(asked -> asked.role().equals(Role.DUTY_DESK)).orElse(false);
    boolean wouldClose = input.dispatcher() || isDesk || !alert.isAlarmClass();
    boolean isSaid = reply.disposition() != null && !reply.disposition().isBlank();
    if (reply.answer() == Reply.Answer.DONE && wouldClose && !isSaid && alert.isOpen()) {
      throw new Problem(
          422,
          "disposition-missing",
          "An alert closes with a disposition",
          "say how it ended in \"disposition\": real, false_alarm, test, device_fault, passed_120,"
              + " passed_119, passed_110 or other");
    }
    boolean isNoted = reply.note() != null && !reply.note().isBlank();
    if (reply.answer() == Reply.Answer.DONE && input.dispatcher() && !isNoted && alert.isOpen()) {
      throw new Problem(
          422,
          "note-missing",
          "An alert closes with a note",
          "say in \"note\" what was found and done");
    }
  }

  static Problem refused(Answer.Reason reason, String detail) {
    return switch (reason) {
      case UNKNOWN_ALERT -> new Problem(404, "unknown-alert", "Not found", detail);
      case UNKNOWN_HOME -> new Problem(404, "unknown-home", "Not found", detail);
      case NOT_ASKED -> new Problem(403, "not-asked", "You weren't asked", detail);
      case ALREADY_CLOSED -> new Problem(409, "already-closed", "The alert is closed", detail);
      case CONFLICT -> new Problem(409, "conflict", "It can't be done", detail);
      case UNDECIDED -> new Problem(500, "undecided", "It could not be decided", detail);
    };
  }

  private void raise(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    byte[] body = Body.json(context, CallReader.PAYLOAD_BYTES_MAX, pace);
    Directory now = directory.get();
    Input.CallReceived call = CallReader.read(body, Answering.of(caller, now).by());
    Directory.Home home = now.home(call.home());
    if (home == null || !new Sight(now).looksAfter(operator, home)) {
      throw Problem.notFound("home");
    }
    if (call.elder() != null && !home.elders().contains(call.elder())) {
      throw Problem.notFound("elder of this home");
    }
    Submitter.Synced synced = submitter.submit(call, Lane.ALARM);
    if (synced.answer() instanceof Answer.Refused(Answer.Reason reason, String detail)) {
      throw refused(reason, detail);
    }
    AlertId id = Core.alertOf(call);
    ACCESS.info("who={} look=raise alert={} result=201", caller.name(), id);
    boolean isNew = synced.answer() instanceof Answer.Taken;
    context.header("Location", "/api/v1/alerts/" + id);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", synced.number());
    json.put("alert", id.value());
    json.put("result", isNew ? "taken" : "repeated");
    JsonWriter.answer(context, isNew ? 201 : 200, json);
  }
}
