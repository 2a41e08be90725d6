package io.shouwang.notify.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Dialer;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.notify.webhook.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One telephone exchange: tells of calls to the hotline, connects operators with people, and places
 * calls that announce an alert and take a key for an answer. Both sides sign what they send.
 */
final class Exchange implements Provider, Callback, Dialer {
  private static final int PROVIDER_ID_MAX = 128;

  private final ProviderKind.Surroundings surroundings;
  private final WebhookSignature signature;
  private final @Nullable ServiceAddress address;
  private final List<Quota> quotas;
  private final boolean anyNumber;
  private final CallEvents events;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Ready to be asked.
   *
   * @param address null if we can't ask it for anything
   */
  Exchange(
      ProviderKind.Surroundings surroundings,
      WebhookSignature signature,
      @Nullable ServiceAddress address,
      List<Quota> quotas,
      boolean anyNumber,
      CallEvents events) {
    this.surroundings = surroundings;
    this.signature = signature;
    this.address = address;
    this.quotas = quotas;
    this.anyNumber = anyNumber;
    this.events = events;
  }

  @Override
  public String name() {
    return surroundings.name();
  }

  @Override
  public Audience audience() {
    return Audience.PERSON;
  }

  @Override
  public List<Quota> quotas() {
    return quotas;
  }

  @Override
  public boolean allowsAnyNumber() {
    return anyNumber;
  }

  @Override
  public CompletionStage<Response> called(Request request) {
    return events.called(request);
  }

  @Override
  public Verdict connect(Connection connection) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", connection.id());
    body.put("extension", connection.extension());
    body.put("number", connection.number());
    return post("/connect", connection.id(), body);
  }

  @Override
  public Verdict submit(Notice notice) {
    if (!notice.address().matches("\\+?[0-9]{3,20}")) {
      return new Verdict.Refused(Failure.NO_SUCH_ADDRESS, "the address is no telephone number");
    }
    boolean takesKeys = notice.purpose() == Notice.Purpose.RING;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", notice.key());
    body.put("number", notice.address());
    body.put("language", notice.language().equals("en") ? "en" : "zh");
    body.put("text", Announcement.of(notice));
    body.put("keys", takesKeys ? Announcement.KEYS : List.of());
    body.put("urgent", notice.urgent());
    body.put("exercise", notice.exercise());
    return post("/announce", notice.key(), body);
  }

  private Verdict post(String path, String id, Map<String, Object> said) {
    if (address == null) {
      return new Verdict.Refused(Failure.MISCONFIGURED, "the exchange has no url in the settings");
    }
    byte[] body = written(said).getBytes(StandardCharsets.UTF_8);
    Instant now = surroundings.clock().wall();
    URI uri = address.at(path);
    try {
      Http.Reply reply =
          surroundings
              .http()
              .post(
                  uri,
                  Map.of(
                      "Content-Type",
                      "application/json",
                      "User-Agent",
                      "shouwang",
                      "webhook-id",
                      id,
                      "webhook-timestamp",
                      Long.toString(now.getEpochSecond()),
                      "webhook-signature",
                      signature.sign(id, now, body)),
                  body);
      return verdict(reply);
    } catch (Http.NoAnswer e) {
      return e.verdict();
    }
  }

  private Verdict verdict(Http.Reply reply) {
    String detail = "HTTP " + reply.status();
    Duration after =
        reply
            .header("retry-after")
            .filter(seconds -> seconds.matches("[0-9]{1,5}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(null);
    return switch (reply.status()) {
      case 200, 201, 202, 204, 409 -> new Verdict.Accepted(callIn(reply)); // 409: had it before
      case 401, 403, 404, 405 -> new Verdict.Refused(Failure.MISCONFIGURED, detail);
      case 422 -> new Verdict.Refused(Failure.NO_SUCH_ADDRESS, detail + ", it can't be dialled");
      case 423 -> new Verdict.Refused(Failure.NOT_ANSWERED, detail + ", the line is busy");
      case 408, 425, 429, 502, 503, 504 -> new Verdict.Refused(Failure.BUSY, detail, after);
      default ->
          new Verdict.Refused(
              reply.status() >= 500 ? Failure.BROKEN : Failure.REFUSED, detail, after);
    };
  }

  /** The exchange's name for the call, if it says one. */
  private String callIn(Http.Reply reply) {
    try {
      JsonNode said = json.readTree(reply.body().bytes());
      String call = Optional.ofNullable(said).map(node -> node.path("call").asText("")).orElse("");
      return call.length() <= PROVIDER_ID_MAX ? call : "";
    } catch (IOException e) {
      return ""; // most say nothing
    }
  }

  private String written(Map<String, Object> said) {
    try {
      return json.writeValueAsString(said);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  @Override
  public void close() {}
}
