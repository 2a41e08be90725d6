package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.Refusal;
import io.shouwang.accounts.Seat;
import io.shouwang.accounts.Seats;
import io.shouwang.accounts.Unavailable;
import io.shouwang.accounts.Vouching;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import io.shouwang.signon.NotSignedOn;
import io.shouwang.signon.SignOn;
import io.shouwang.signon.SignOnSettings;
import io.shouwang.signon.SignedOn;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Single sign-on: a browser goes to the city's provider and comes back with a seat of its own. Both
 * ways are a browser's navigation: it is answered with where to go on, a program with a problem.
 */
final class SignOnRoutes {
  static final String RETURN = "/api/v1/oidc/return";
  private static final Logger LOG = LoggerFactory.getLogger(SignOnRoutes.class);
  private static final Set<Who> ANYONE = Set.of(Who.ANYONE);

  private final @Nullable SignOn signOn;
  private final Accounts accounts;
  private final Supplier<Directory> directory;

  /**
   * The routes.
   *
   * @param signOn null when there is no provider
   */
  SignOnRoutes(@Nullable SignOn signOn, Accounts accounts, Supplier<Directory> directory) {
    this.signOn = signOn;
    this.accounts = accounts;
    this.directory = directory;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/sign-on", ANYONE, (context, _) -> offer(context)),
        Route.get("/api/v1/oidc/begin", ANYONE, (context, _) -> begin(context)),
        Route.get(RETURN, ANYONE, (context, _) -> comeBack(context)));
  }

  private void offer(Context context) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("offered", signOn != null);
    if (signOn != null) {
      SignOnSettings.Title title = signOn.settings().title();
      json.put("title", Map.of("zh", title.zh(), "en", title.en()));
      json.put("begin", "/api/v1/oidc/begin");
    }
    JsonWriter.answer(context, 200, json);
  }

  private SignOn required() {
    if (signOn == null) {
      throw new Problem(
          404, "no-sign-on", "There is no single sign-on", "set up sign_on in gateway.yaml");
    }
    return signOn;
  }

  private void begin(Context context) {
    SignOn provider = required();
    SameSite.requireOwnWay(context);
    Claim.requirePrivate(context);
    try {
      String cookie = Claim.of(context).cookie();
      Seat seat = cookie == null ? null : accounts.seats().find(cookie).orElse(null);
      boolean again = "true".equals(context.queryParam("again")) && seat != null;
      SignOn.Begun begun = provider.begin(seat == null ? "" : seat.hash(), again);
      Claim.giveTicket(context, begun.ticket(), SignOn.WITHIN);
      context.status(303).header("Location", begun.goTo().toString());
    } catch (NotSignedOn e) {
      LOG.warn("single sign-on can't begin: {}", e.words());
      goOn(context, Ending.of(e.why()));
    } catch (Unavailable e) {
      goOn(context, Ending.UNAVAILABLE);
    }
  }

  private void comeBack(Context context) {
    SignOn provider = required();
    Claim.requirePrivate(context);
    String ticket = Claim.ticket(context);
    Claim.giveTicket(context, "", Duration.ZERO);
    goOn(context, ending(context, provider, ticket));
  }

  private Ending ending(Context context, SignOn provider, @Nullable String ticket) {
    try {
      SignedOn who =
          provider.end(
              new SignOn.Returned(
                  context.queryParam("state"),
                  context.queryParam("code"),
                  context.queryParam("iss"),
                  context.queryParam("error"),
                  ticket));
      Vouching.Voucher voucher = voucher(who, provider.settings(), context);
      if (voucher == null) {
        return Ending.NO_ACCOUNT;
      }
      if (who.again()) {
        accounts.vouching().prove(voucher, who.seat(), context.ip());
        return Ending.AGAIN;
      }
      Seats.Fresh fresh = accounts.vouching().enter(voucher, context.ip(), who.seat());
      Claim.give(context, fresh.secret());
      return Ending.DONE;
    } catch (NotSignedOn e) {
      LOG.info("single sign-on refused: {}: {}", e.why(), e.words());
      switch (e.why()) {
        // Whom the provider itself sent back; what strangers send here would only fill the record.
        case DENIED, TOKEN, CLAIMS -> accounts.vouching().refused(context.ip(), e.words());
        case STATE, UNAVAILABLE -> {}
      }
      return Ending.of(e.why());
    } catch (Refusal e) {
      return e.why() == Refusal.Why.NO_ACCOUNT ? Ending.NO_ACCOUNT : Ending.REFUSED;
    } catch (Unavailable e) {
      return Ending.UNAVAILABLE;
    }
  }

  /** Null, and recorded, when it can't be anybody here. */
  private Vouching.@Nullable Voucher voucher(
      SignedOn who, SignOnSettings settings, Context context) {
    if (!Identity.isValid(who.person())) {
      return nobody(context, "the login name is none that an account can have");
    }
    ResponderId id =
        accounts
            .vouching()
            .tied(who.issuer(), who.subject())
            .orElseGet(() -> new ResponderId(who.person()));
    Directory now = directory.get();
    AreaId area = null;
    if (settings.claims().area() != null) {
      String said = who.area();
      if (said == null || !Identity.isValid(said) || now.areaPath(new AreaId(said)).isEmpty()) {
        return nobody(context, "the provider gives no area of the registry");
      }
      area = new AreaId(said);
    }
    Set<OperatorRole> roles = who.roles();
    if (roles != null && now.responder(id) != null && !Sight.WORKERS.containsAll(roles)) {
      return nobody(context, "a responder of the registry has this login name");
    }
    boolean isNameFit =
        who.name().length() <= UserRoutes.NAME_LENGTH_MAX
            && who.name().codePoints().noneMatch(Character::isISOControl);
    return new Vouching.Voucher(
        who.issuer(),
        who.subject(),
        id,
        isNameFit ? who.name() : "",
        roles,
        area,
        !settings.accountFirst(),
        settings.administrators());
  }

  private Vouching.@Nullable Voucher nobody(Context context, String why) {
    accounts.vouching().refused(context.ip(), why);
    return null;
  }

  /** How a sign-on ends, in the words of the page. */
  private enum Ending {
    DONE("", 204),
    AGAIN("again", 204),
    EXPIRED("expired", 403),
    REFUSED("refused", 403),
    NO_ACCOUNT("no_account", 403),
    UNAVAILABLE("unavailable", 503);

    private final String word;
    private final int status;

    Ending(String word, int status) {
      this.word = word;
      this.status = status;
    }

    static Ending of(NotSignedOn.Why why) {
      return switch (why) {
        case STATE -> EXPIRED;
        case DENIED, TOKEN, CLAIMS -> REFUSED;
        case UNAVAILABLE -> UNAVAILABLE;
      };
    }

    Problem problem() {
      return switch (this) {
        case EXPIRED ->
            new Problem(status, "sign-on-expired", "Begun too long ago", "begin anew, here");
        case NO_ACCOUNT ->
            new Problem(status, "no-account", "You have no account here", "ask an administrator");
        case UNAVAILABLE ->
            Problem.busy("the single sign-on doesn't answer; log in with name and password");
        case DONE, AGAIN, REFUSED ->
            new Problem(status, "login-refused", "The sign-on was refused", "begin anew");
      };
    }
  }

  private static void goOn(Context context, Ending ending) {
    String accept = context.header("Accept");
    boolean isBrowser = accept != null && accept.contains("text/html");
    Trace.isRecorded();
    if (ending.status != 204 && !isBrowser) {
      throw ending.problem();
    }
    String query = ending.word.isEmpty() ? "" : "?signon=" + ending.word;
    context.status(303).header("Location", "/" + query);
  }
}
