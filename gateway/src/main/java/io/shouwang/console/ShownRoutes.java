package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.ResponderId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows one field that is masked, to whoever says what for; auditors read who saw what, and why.
 * The entry is written before the answer goes out.
 */
final class ShownRoutes {
  private static final Set<Who> VIEWERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);
  private static final int REASON_LENGTH_MIN = 2;
  private static final int REASON_LENGTH_MAX = 200;

  private final AlertLooks looks;
  private final Supplier<Directory> directory;
  private final Body.Pace pace;

  ShownRoutes(AlertLooks looks, Supplier<Directory> directory, Body.Pace pace) {
    this.looks = looks;
    this.directory = directory;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/alerts/{id}/shown", VIEWERS, this::ofAlert),
        Route.post("/api/v1/elders/{elder}/shown", VIEWERS, this::ofElder));
  }

  /** What is asked for. */
  private record Asked(
      String field, @Nullable ElderId elder, @Nullable ResponderId responder, String reason) {
    static Asked of(JsonNode json) {
      String elder = identity(json, "elder");
      String responder = identity(json, "responder");
      if (elder != null && responder != null) {
        throw Problem.badRequest("say elder or responder, or neither for the home");
      }
      String reason = CallReader.required(json, "reason", REASON_LENGTH_MAX).strip();
      if (reason.length() < REASON_LENGTH_MIN) {
        throw Problem.badRequest("say in reason what for; auditors read it");
      }
      return new Asked(
          CallReader.required(json, "field", Identity.LENGTH_MAX),
          elder == null ? null : new ElderId(elder),
          responder == null ? null : new ResponderId(responder),
          reason);
    }

    private static @Nullable String identity(JsonNode json, String name) {
      String text = CallReader.text(json, name, Identity.LENGTH_MAX);
      return text == null ? null : CallReader.identity(name, text);
    }
  }

  private void ofAlert(Context context, Caller caller) {
    Alert alert = looks.find(context, caller, "show").alert();
    Asked asked = asked(context);
    Directory now = directory.get();
    if (asked.responder() != null) {
      if (alert.asked(asked.responder()).isEmpty()) {
        throw Problem.notFound("responder of this alert");
      }
    } else if (asked.elder() != null && !now.elders(alert.home()).contains(asked.elder())) {
      throw Problem.notFound("elder of this alert");
    }
    List<String> whose = new ArrayList<>(List.of(alert.id().value(), alert.home().value()));
    answer(context, caller, now, alert.home(), asked, whose);
  }

  private void ofElder(Context context, Caller caller) {
    String name = context.pathParam("elder");
    Directory now = directory.get();
    Directory.Elder elder = Identity.isValid(name) ? now.elder(new ElderId(name)) : null;
    boolean isTheirs =
        elder != null
            && caller instanceof Caller.OfOperator operator
            && new Sight(now).covers(operator, elder.home());
    if (elder == null || !isTheirs) {
      throw Problem.notFound("elder");
    }
    Asked asked = asked(context);
    if (asked.responder() != null || (asked.elder() != null && !asked.elder().equals(elder.id()))) {
      throw Problem.badRequest("only this elder's and their home's fields are shown here");
    }
    List<String> whose = new ArrayList<>(List.of(elder.home().value(), elder.id().value()));
    answer(context, caller, now, elder.home(), asked, whose);
  }

  private Asked asked(Context context) {
    return Asked.of(CallReader.json(Body.json(context, SessionRoutes.BODY_BYTES_MAX, pace)));
  }

  private static void answer(
      Context context, Caller caller, Directory now, HomeId home, Asked asked, List<String> whose) {
    String value;
    if (asked.responder() != null) {
      whose.add(asked.responder().value());
      value = responder(asked, now.responder(asked.responder()));
    } else if (asked.elder() != null) {
      whose.add(asked.elder().value());
      value = elder(asked, now.elder(asked.elder()));
    } else {
      value = home(asked, now.home(home));
    }
    Objects.requireNonNull(Trace.current())
        .note(
            caller.name(),
            "show",
            whose.stream().distinct().toList(),
            "200",
            "field=" + asked.field() + " for: " + asked.reason());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("field", asked.field());
    json.put("value", value);
    JsonWriter.answer(context, 200, json);
  }

  private static String responder(Asked asked, Directory.@Nullable Responder card) {
    return switch (asked.field()) {
      case "name" -> card == null ? "" : card.name();
      case "phone" -> card == null ? "" : card.phone();
      default -> throw Problem.badRequest("field of a responder is name or phone");
    };
  }

  private static String elder(Asked asked, Directory.@Nullable Elder card) {
    return switch (asked.field()) {
      case "name" -> card == null ? "" : card.name();
      case "phone" -> card == null ? "" : card.phone();
      case "notes" -> card == null ? "" : card.notes();
      default -> throw Problem.badRequest("field of an elder is name, phone or notes");
    };
  }

  private static String home(Asked asked, Directory.@Nullable Home card) {
    return switch (asked.field()) {
      case "address" -> card == null ? "" : card.address();
      case "phone" -> card == null ? "" : card.phone();
      case "access" -> card == null ? "" : card.access();
      default -> throw Problem.badRequest("field of a home is address, phone or access");
    };
  }
}
