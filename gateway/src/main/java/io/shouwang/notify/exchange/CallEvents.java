package io.shouwang.notify.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import io.shouwang.notify.chat.SeenOnce;
import io.shouwang.notify.provider.Callback.Request;
import io.shouwang.notify.provider.Callback.Response;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Reception.CallPhase;
import io.shouwang.notify.webhook.WebhookSignature;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the exchange tells us: calls to the hotline, how placed calls went, keys that were pressed.
 * Who can't sign learns nothing; the same bytes twice are refused. Any thread.
 */
final class CallEvents {
  /** So many are taken in at a time: an exchange gone wild must not keep a press waiting. */
  static final int UNDER_WAY_MAX = 64;

  private static final int CALL_LENGTH_MAX = 128;
  private static final int NUMBER_LENGTH_MAX = 32;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProviderKind.Surroundings surroundings;
  private final WebhookSignature signature;
  private final Where where;
  private final SeenOnce seen;
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * Where calls belong that nobody's number tells.
   *
   * @param area whose desks answer; null for the topmost
   * @param patience how long operators' phones ring before the desk does
   * @param areaCode before a local number, {@code 0513}; empty if numbers come whole
   */
  record Where(@Nullable AreaId area, Duration patience, String areaCode) {}

  CallEvents(ProviderKind.Surroundings surroundings, WebhookSignature signature, Where where) {
    this.surroundings = surroundings;
    this.signature = signature;
    this.where = where;
    this.seen = new SeenOnce(surroundings.clock());
  }

  CompletionStage<Response> called(Request request) {
    byte[] body = request.body().bytes();
    String id = request.headers().getOrDefault("webhook-id", "");
    String timestamp = request.headers().getOrDefault("webhook-timestamp", "");
    boolean good =
        request.method().equals("POST")
            && signature.isGood(
                id,
                timestamp,
                request.headers().getOrDefault("webhook-signature", ""),
                body,
                surroundings.clock().wall());
    if (!good) {
      return done(401, "not signed by you, or not of about now");
    }
    String once = timestamp + " " + id;
    if (seen.isDone(once)) {
      return done(409, "this was taken before");
    }
    if (underWay.incrementAndGet() > UNDER_WAY_MAX) {
      underWay.decrementAndGet();
      return done(503, "too much at a time; send it again, signed anew");
    }
    try {
      return event(body)
          .whenComplete((response, _) -> {
            underWay.decrementAndGet();
            if (response != null && response.status() / 100 == 2) {
              seen.done(once);
            }
          });
    } catch (RuntimeException e) {
      underWay.decrementAndGet();
      throw e;
    }
  }

  private CompletionStage<Response> event(byte[] body) {
    JsonNode said;
    try {
      said = JSON.readTree(body);
    } catch (IOException e) {
      said = null;
    }
    if (said == null || !said.isObject()) {
      return done(400, "the body must be a JSON object");
    }
    return switch (text(said, "event")) {
      case "ringing" -> call(said, CallPhase.RINGING);
      case "taken" -> call(said, CallPhase.TAKEN);
      case "missed" -> call(said, CallPhase.MISSED);
      case "ended" -> call(said, CallPhase.ENDED);
      case "placed" -> placed(said);
      case "key" -> key(said);
      default -> done(400, "event must be ringing, taken, missed, ended, placed or key");
    };
  }

  private CompletionStage<Response> call(JsonNode said, CallPhase phase) {
    String call = text(said, "call");
    if (!isName(call)) {
      return done(400, "call must be 1 to " + CALL_LENGTH_MAX + " visible ASCII characters");
    }
    return surroundings
        .reception()
        .called(
            new Reception.InboundCall(
                surroundings.name(),
                call,
                whole(text(said, "from")),
                phase,
                text(said, "extension"),
                where.area(),
                where.patience()))
        .thenApply(answer ->
            switch (answer) {
              case Answer.Taken _ -> json(200, "result", "taken");
              case Answer.Repeated _ -> json(200, "result", "repeated");
              // On disk all the same; the desk hears that it could not be decided.
              case Answer.Refused _ -> json(200, "result", "undecided");
            });
  }

  /** A local number with its area code; empty for what is longer than any number. */
  private String whole(String from) {
    if (from.length() > NUMBER_LENGTH_MAX) {
      return "";
    }
    String digits = from.replaceAll("[ ()-]", "");
    return digits.matches("[1-9][0-9]{6,7}") ? where.areaCode() + digits : from;
  }

  private CompletionStage<Response> placed(JsonNode said) {
    String notice = text(said, "notice");
    Failure failure;
    switch (text(said, "result")) {
      case "answered" -> failure = null;
      case "no_answer", "busy" -> failure = Failure.NOT_ANSWERED;
      case "invalid" -> failure = Failure.NO_SUCH_ADDRESS;
      case "failed" -> failure = Failure.DROPPED;
      default -> {
        return done(400, "result must be answered, no_answer, busy, invalid or failed");
      }
    }
    Reception.Progress progress =
        failure == null ? Reception.Progress.DELIVERED : Reception.Progress.FAILED;
    surroundings
        .reception()
        .reported(
            new Reception.Report(
                surroundings.name(), notice, text(said, "call"), progress, failure, ""));
    return CompletableFuture.completedFuture(json(200, "result", "taken"));
  }

  private CompletionStage<Response> key(JsonNode said) {
    String notice = text(said, "notice");
    String key = text(said, "key");
    if (!key.matches("[0-9]") || notice.isEmpty()) {
      return done(400, "key must be a digit, notice what the call was placed for");
    }
    return surroundings
        .reception()
        .answered(
            new Reception.Incoming(surroundings.name(), notice + " " + key, notice, null, "", key))
        .thenApply(answer ->
            answer instanceof Answer.Refused(var _, String detail)
                ? json(409, "title", detail)
                : json(200, "result", "taken"));
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= CALL_LENGTH_MAX
        && text.chars().allMatch(c -> c > ' ' && c < 127);
  }

  private static String text(JsonNode said, String name) {
    return Optional.ofNullable(said.get(name))
        .filter(JsonNode::isValueNode)
        .map(JsonNode::asText)
        .orElse("");
  }

  private static CompletionStage<Response> done(int status, String title) {
    return CompletableFuture.completedFuture(json(status, "title", title));
  }

  private static Response json(int status, String name, String text) {
    return Response.json(status, JSON.createObjectNode().put(name, text).toString());
  }
}
