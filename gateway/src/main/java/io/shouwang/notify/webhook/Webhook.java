package io.shouwang.notify.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.model.Answer;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Posts the contract's {@code alerts} message to a service organization's system. The delivery's
 * key is the webhook's id, over all retries. An answer may stand in the response's body, or come
 * back later, signed in the same way, to {@code /callbacks/{name}}.
 */
final class Webhook implements Provider, Callback {
  private static final int DETAIL_MAX = 120;
  private static final Duration DISABLED = Duration.ofHours(1);
  private static final List<String> PASSED = List.of("spoke", "arrived", "on_the_way", "done");

  private final ProviderKind.Surroundings surroundings;
  private final WebhookSignature signature;
  private final @Nullable URI url;
  private final Destination destination;
  private final Duration limit;
  private final boolean plainAllowed;
  private final SafePost post;
  private final ObjectMapper json = new ObjectMapper();

  /** When each that wants no more said so: a mistaken proxy must not silence it for good. */
  private final Map<String, Instant> disabled = new ConcurrentHashMap<>();

  Webhook(
      ProviderKind.Surroundings surroundings,
      WebhookSignature signature,
      @Nullable URI url,
      Destination destination,
      Duration limit,
      boolean plainAllowed,
      SafePost post) {
    this.surroundings = surroundings;
    this.signature = signature;
    this.url = url;
    this.destination = destination;
    this.limit = limit;
    this.plainAllowed = plainAllowed;
    this.post = post;
  }

  @Override
  public String name() {
    return surroundings.name();
  }

  @Override
  public Audience audience() {
    return Audience.SYSTEM;
  }

  @Override
  public List<Quota> quotas() {
    return List.of();
  }

  @Override
  public Verdict submit(Notice notice) {
    URI target = target(notice.address());
    if (target == null) {
      return new Verdict.Refused(
          Failure.NO_SUCH_ADDRESS, "the address is no https URL of a named host");
    }
    Instant since = disabled.get(target.toString());
    if (since != null && since.plus(DISABLED).isAfter(surroundings.clock().wall())) {
      return new Verdict.Refused(Failure.BLOCKED, "the receiver said 410: it wants no more");
    }
    byte[] body =
        notice.json().length() > 0
            ? notice.json().bytes()
            : ("{\"text\":" + quoted(notice.text()) + "}").getBytes(StandardCharsets.UTF_8);
    Instant now = surroundings.clock().wall();
    try {
      InetAddress address = destination.resolve(target.getHost());
      SafePost.Answer answer =
          post.send(
              target,
              address,
              Map.of(
                  "Content-Type", "application/json",
                  "User-Agent", "shouwang",
                  "webhook-id", notice.key(),
                  "webhook-timestamp", Long.toString(now.getEpochSecond()),
                  "webhook-signature", signature.sign(notice.key(), now, body)),
              body,
              limit);
      return verdict(target, notice, answer);
    } catch (SocketTimeoutException e) {
      return new Verdict.Refused(Failure.TIMED_OUT, "no answer in time");
    } catch (UnknownHostException e) {
      return new Verdict.Refused(Failure.UNREACHABLE, cut(String.valueOf(e.getMessage())));
    } catch (IOException | NumberFormatException e) {
      return new Verdict.Refused(Failure.UNREACHABLE, e.getClass().getSimpleName());
    }
  }

  private String quoted(String text) {
    try {
      return json.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text is always JSON", e);
    }
  }

  private @Nullable URI target(String address) {
    if (address.isEmpty()) {
      return url;
    }
    try {
      URI uri = URI.create(address);
      boolean scheme =
          "https".equals(uri.getScheme()) || (plainAllowed && "http".equals(uri.getScheme()));
      return scheme && uri.getHost() != null && uri.getRawUserInfo() == null ? uri : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private Verdict verdict(URI target, Notice notice, SafePost.Answer answer) {
    int status = answer.status();
    if (status / 100 == 2) {
      answerIn(notice, answer.body());
      return new Verdict.Delivered("");
    }
    String detail = "HTTP " + status;
    Duration after = retryAfter(answer.headers().get("retry-after"));
    return switch (status) {
      case 410 -> {
        disabled.put(target.toString(), surroundings.clock().wall());
        yield new Verdict.Refused(Failure.BLOCKED, detail);
      }
      case 401, 403 -> new Verdict.Refused(Failure.MISCONFIGURED, detail);
      case 404 -> new Verdict.Refused(Failure.NO_SUCH_ADDRESS, detail);
      case 408, 425, 429, 502, 503, 504 -> new Verdict.Refused(Failure.BUSY, detail, after);
      default ->
          new Verdict.Refused(status >= 500 ? Failure.BROKEN : Failure.REFUSED, detail, after);
    };
  }

  private static @Nullable Duration retryAfter(@Nullable String seconds) {
    return seconds != null && seconds.matches("[0-9]{1,5}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : null;
  }

  /** {@code {"reply":"accept","eta_min":10}} in the response; anything else is no answer. */
  private void answerIn(Notice notice, String body) {
    try {
      JsonNode said = json.readTree(body);
      String text = text(said);
      if (!text.isEmpty()) {
        CompletionStage<Answer> _ =
            surroundings
                .reception()
                .answered(
                    new Reception.Incoming(
                        name(),
                        said.path("id").asText(notice.key()),
                        notice.key(),
                        null,
                        notice.address(),
                        text));
      }
    } catch (JsonProcessingException e) {
      // most systems answer "ok"
    }
  }

  private static String text(@Nullable JsonNode said) {
    if (said == null) {
      return "";
    }
    String reply = said.path("reply").asText("");
    return switch (reply) {
      case "accept" -> "accept " + Math.clamp(said.path("eta_min").asInt(15), 1, 60);
      case "decline" -> "decline";
      default -> PASSED.contains(reply) ? reply : "";
    };
  }

  @Override
  public CompletionStage<Response> called(Request request) {
    byte[] body = request.body().bytes();
    String id = request.headers().getOrDefault("webhook-id", "");
    boolean good =
        request.method().equals("POST")
            && signature.isGood(
                id,
                request.headers().getOrDefault("webhook-timestamp", ""),
                request.headers().getOrDefault("webhook-signature", ""),
                body,
                surroundings.clock().wall());
    if (!good) {
      return done(401, "{\"title\":\"not signed by you, or not of about now\"}");
    }
    try {
      JsonNode said = json.readTree(body);
      String text = text(said);
      if (text.isEmpty()) {
        return done(400, "{\"title\":\"reply must be accept, decline, spoke, arrived or done\"}");
      }
      String key = said.path("delivery").asText("");
      return surroundings
          .reception()
          .answered(new Reception.Incoming(name(), id, key.isEmpty() ? null : key, null, "", text))
          .thenApply(answer ->
              answer instanceof Answer.Refused(var _, String detail)
                  ? Response.json(409, "{\"title\":" + quoted(detail) + "}")
                  : Response.json(200, "{\"result\":\"taken\"}"));
    } catch (IOException e) {
      return done(400, "{\"title\":\"the body is no JSON\"}");
    }
  }

  private static CompletionStage<Response> done(int status, String body) {
    return CompletableFuture.completedFuture(Response.json(status, body));
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(DETAIL_MAX, text.length()));
  }

  @Override
  public void close() {}
}
