package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.OwnAccount;
import io.shouwang.model.Identity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What people change of their own account: password and second factor. */
final class OwnRoutes {
  private static final Set<Who> PEOPLE = Set.of(Who.PERSON);

  private final Accounts accounts;
  private final Body.Pace pace;

  OwnRoutes(Accounts accounts, Body.Pace pace) {
    this.accounts = accounts;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/me/password", PEOPLE, this::changePassword),
        Route.post("/api/v1/me/totp", PEOPLE, this::begin),
        Route.post("/api/v1/me/totp/confirmation", PEOPLE, this::confirm),
        Route.post("/api/v1/me/totp/removal", PEOPLE, this::remove));
  }

  private JsonNode body(Context context) {
    return CallReader.json(Body.json(context, SessionRoutes.BODY_BYTES_MAX, pace));
  }

  private void changePassword(Context context, Caller caller) {
    JsonNode json = body(context);
    SessionRoutes.Entered entered = SessionRoutes.Entered.of(json);
    String next = SessionRoutes.newPassword(json);
    Trace.isRecorded();
    accounts
        .own()
        .changePassword(
            SessionRoutes.seat(caller),
            entered.password(),
            entered.code(),
            next,
            Trace.actor(caller, context.ip()));
    context.status(204);
  }

  private void begin(Context context, Caller caller) {
    SessionRoutes.Entered entered = SessionRoutes.Entered.of(body(context));
    Trace.isRecorded();
    OwnAccount.SecondFactor begun =
        accounts
            .own()
            .beginSecondFactor(
                SessionRoutes.seat(caller),
                entered.password(),
                entered.code(),
                Trace.actor(caller, context.ip()));
    JsonWriter.answer(
        context,
        200,
        Map.of("secret", begun.secret(), "uri", begun.uri(), "qr", QrPicture.of(begun.uri())));
  }

  private void confirm(Context context, Caller caller) {
    String code = CallReader.required(body(context), "code", Identity.LENGTH_MAX);
    Trace.isRecorded();
    List<String> codes =
        accounts
            .own()
            .confirmSecondFactor(
                SessionRoutes.seat(caller), code, Trace.actor(caller, context.ip()));
    JsonWriter.answer(context, 200, Map.of("recovery_codes", codes));
  }

  private void remove(Context context, Caller caller) {
    SessionRoutes.Entered entered = SessionRoutes.Entered.of(body(context));
    Trace.isRecorded();
    accounts
        .own()
        .removeSecondFactor(
            SessionRoutes.seat(caller),
            entered.password(),
            entered.code(),
            Trace.actor(caller, context.ip()));
    context.status(204);
  }
}
