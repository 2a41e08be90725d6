package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.AuditEntry;
import io.shouwang.accounts.AuditLog;
import io.shouwang.accounts.AuditQuery;
import io.shouwang.accounts.AuditVerdict;
import io.shouwang.accounts.ChainCheck;
import io.shouwang.accounts.Glass;
import io.shouwang.accounts.Seat;
import io.shouwang.alerts.AlertBook;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The record of who did and saw what, for auditors; and opening what lies outside one's area. */
final class RecordRoutes {
  private static final Instant EVER = Instant.ofEpochMilli(0);

  /** Beyond what a database of whole milliseconds is asked for. */
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private static final int PAGE = 500;
  private static final int LOOKS_MAX = 20;
  private static final int WHATS_MAX = 50;
  private static final int REASON_LENGTH_MIN = 5;

  private final Accounts accounts;
  private final AlertBook book;
  private final Supplier<Directory> directory;
  private final Body.Pace pace;

  RecordRoutes(Accounts accounts, AlertBook book, Supplier<Directory> directory, Body.Pace pace) {
    this.accounts = accounts;
    this.book = book;
    this.directory = directory;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/audit", Set.of(Who.AUDITOR), this::read),
        Route.get("/api/v1/audit/chain", Set.of(Who.AUDITOR), (context, _) -> chain(context)),
        Route.post("/api/v1/audit/chain", Set.of(Who.AUDITOR), this::check),
        Route.post(
            "/api/v1/break-glass", Set.of(Who.DISPATCHER, Who.SUPERVISOR), this::breakGlass));
  }

  private void read(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    AreaId own = operator.operator().area();
    AuditQuery asked = asked(context);
    int limit = Asked.number(context, "limit", 1, AlertRoutes.LIMIT_MAX, AlertRoutes.LIMIT_DEFAULT);
    long before = before(context.queryParam("before"));
    Directory now = directory.get();
    List<Map<String, Object>> shown = new ArrayList<>();
    boolean isEnd = false;
    // An auditor of one town among many may have to leaf through much that isn't theirs.
    for (int look = 0; look < LOOKS_MAX && !isEnd && shown.size() < limit; look++) {
      AuditLog.Page page = accounts.log().read(asked, before, PAGE);
      before = page.reached();
      isEnd = page.end();
      for (AuditLog.Line line : page.lines()) {
        if (shown.size() == limit) {
          isEnd = false;
          break;
        }
        if (isTheirs(now, own, line.entry())) {
          shown.add(json(line));
          before = shown.size() == limit ? line.number() : before;
        }
      }
    }
    AlertRoutes.ACCESS.info("who={} look=audit count={} result=200", caller.name(), shown.size());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("entries", shown);
    if (!isEnd) {
      json.put("before", before);
    }
    JsonWriter.answer(context, 200, json);
  }

  private static AuditQuery asked(Context context) {
    Instant from = time(context, "from", EVER);
    Instant to = time(context, "to", NEVER);
    String who = context.queryParam("who");
    if (who != null && who.length() > 100) {
      throw Problem.badRequest("who must be user:ID, operator:ID or responder:ID");
    }
    String whose = context.queryParam("whose");
    if (whose != null && (whose.isEmpty() || whose.length() > 100 || whose.contains(","))) {
      throw Problem.badRequest("whose must be one id: of an alert, a home, an elder or a person");
    }
    String what = context.queryParam("what");
    List<String> whats = what == null ? List.of() : List.of(what.split(",", -1));
    if (whats.size() > WHATS_MAX || whats.stream().anyMatch(word -> word.length() > 200)) {
      throw Problem.badRequest("what must be at most " + WHATS_MAX + " words with commas between");
    }
    String refused = context.queryParam("refused");
    if (refused != null && !refused.equals("true")) {
      throw Problem.badRequest("refused must be true, or left out");
    }
    return new AuditQuery(from, to, who, whose, Set.copyOf(whats), refused != null);
  }

  private void chain(Context context) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (accounts.chain().state()) {
      case ChainCheck.State.Never _ -> json.put("state", "never");
      case ChainCheck.State.Walking walking -> {
        json.put("state", "walking");
        json.put("at", walking.since().toString());
        json.put("entries", walking.walked());
      }
      case ChainCheck.State.Failed failed -> {
        json.put("state", "failed");
        json.put("at", failed.at().toString());
        json.put("why", failed.why());
      }
      case ChainCheck.State.Done done -> {
        json.put("at", done.at().toString());
        switch (done.verdict()) {
          case AuditVerdict.Whole whole -> {
            json.put("state", "whole");
            json.put("entries", whole.entries());
            json.put("hash", whole.hash());
          }
          case AuditVerdict.Broken broken -> {
            json.put("state", "broken");
            json.put("number", broken.number());
            json.put("why", broken.why());
          }
        }
      }
    }
    JsonWriter.answer(context, 200, json);
  }

  private void check(Context context, Caller caller) {
    accounts.chain().begin();
    AlertRoutes.ACCESS.info("who={} look=check_record result=202", caller.name());
    context.status(202);
  }

  /** What somebody without an area did is for auditors of the topmost areas. */
  private static boolean isTheirs(Directory now, AreaId own, AuditEntry entry) {
    return entry.area().isEmpty()
        ? now.areaPath(own).size() == 1
        : UserRoutes.isWithin(now, own, new AreaId(entry.area()));
  }

  private static Map<String, Object> json(AuditLog.Line line) {
    AuditEntry entry = line.entry();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", line.number());
    json.put("at", entry.at().toString());
    json.put("who", entry.who());
    json.put("what", entry.what());
    json.put("whose", entry.whose().isEmpty() ? List.of() : List.of(entry.whose().split(",", -1)));
    json.put("from", entry.address());
    json.put("result", entry.result());
    if (!entry.note().isEmpty()) {
      json.put("note", entry.note());
    }
    return json;
  }

  private static Instant time(Context context, String name, Instant otherwise) {
    String said = context.queryParam(name);
    if (said == null) {
      return otherwise;
    }
    try {
      return OffsetDateTime.parse(said).toInstant();
    } catch (DateTimeException e) {
      throw Problem.badRequest(name + " must be RFC 3339 with an offset");
    }
  }

  private static long before(@Nullable String said) {
    if (said == null) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(said);
    } catch (NumberFormatException e) {
      throw Problem.badRequest("before must be an entry's number");
    }
  }

  private void breakGlass(Context context, Caller caller) {
    Seat seat = SessionRoutes.seat(caller); // a program has no reason of its own
    JsonNode json = CallReader.json(Body.json(context, SessionRoutes.BODY_BYTES_MAX, pace));
    String alert = CallReader.text(json, "alert", Identity.LENGTH_MAX);
    String home = CallReader.text(json, "home", Identity.LENGTH_MAX);
    String reason = CallReader.prose(CallReader.required(json, "reason", Glass.REASON_LENGTH_MAX));
    if ((alert == null) == (home == null)) {
      throw Problem.badRequest("say either alert or home");
    }
    if (reason.length() < REASON_LENGTH_MIN) {
      throw Problem.badRequest("say in reason why; auditors read it");
    }
    AlertId opened = alert == null ? null : alert(alert);
    HomeId house = home == null ? null : home(home);
    Glass.Broken broken =
        accounts
            .glass()
            .open(seat.person(), opened, house, reason, Trace.actor(caller, context.ip()));
    Trace.isRecorded();
    JsonWriter.answer(context, 201, json(broken));
  }

  static Map<String, Object> json(Glass.Broken broken) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (broken.alert() != null) {
      json.put("alert", broken.alert().value());
    }
    if (broken.home() != null) {
      json.put("home", broken.home().value());
    }
    json.put("until", broken.until().toString());
    return json;
  }

  private AlertId alert(String name) {
    if (!Identity.isValid(name) || book.find(new AlertId(name)).isEmpty()) {
      throw Problem.notFound("alert");
    }
    return new AlertId(name);
  }

  private HomeId home(String name) {
    if (!Identity.isValid(name) || directory.get().home(new HomeId(name)) == null) {
      throw Problem.notFound("home");
    }
    return new HomeId(name);
  }
}
