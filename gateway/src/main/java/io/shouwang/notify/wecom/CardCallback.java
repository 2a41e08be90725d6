package io.shouwang.notify.wecom;

import io.shouwang.model.Answer;
import io.shouwang.notify.chat.FlatXml;
import io.shouwang.notify.chat.Sealed;
import io.shouwang.notify.chat.SeenOnce;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Reception;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What WeCom sends to an application's address: the proof of the address (GET, its {@code echostr}
 * opened), and presses of a card's buttons (POST). What isn't sealed with our key, for our
 * corporation, within ten minutes, is 403 and nothing more. WeCom gives up after five seconds and
 * asks again up to three times, so an answer that could not be put on disk is 503.
 */
final class CardCallback implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(CardCallback.class);

  private final ProviderKind.Surroundings surroundings;
  private final Sealed sealed;
  private final Telling telling;
  private final SeenOnce seen;

  /** Says on the card what became of a press. */
  @FunctionalInterface
  interface Telling {
    /** Blocks; null, or why it did not work. */
    @Nullable String tell(String member, String responseCode, String words);
  }

  CardCallback(ProviderKind.Surroundings surroundings, Sealed sealed, Telling telling) {
    this.surroundings = surroundings;
    this.sealed = sealed;
    this.telling = telling;
    this.seen = new SeenOnce(surroundings.clock());
  }

  @Override
  public CompletionStage<Response> called(Request request) {
    String signature = request.query().getOrDefault("msg_signature", "");
    String timestamp = request.query().getOrDefault("timestamp", "");
    String nonce = request.query().getOrDefault("nonce", "");
    if (!seen.isTimely(timestamp)) {
      return refused();
    }
    boolean isProof = request.method().equals("GET");
    if (!isProof && !request.method().equals("POST")) {
      return CompletableFuture.completedStage(Response.of(405, ""));
    }
    String secret =
        isProof
            ? request.query().getOrDefault("echostr", "")
            : FlatXml.read(new String(request.body().bytes(), StandardCharsets.UTF_8))
                .map(texts -> texts.getOrDefault("Encrypt", ""))
                .orElse("");
    Optional<String> opened = sealed.open(signature, timestamp, nonce, secret);
    if (opened.isEmpty()) {
      return refused();
    }
    if (isProof) {
      return CompletableFuture.completedStage(Response.of(200, opened.get()));
    }
    return seen.isDone(signature)
        ? taken()
        : FlatXml.read(opened.get())
            .map(texts -> pressed(texts, signature))
            .orElseGet(CardCallback::taken);
  }

  private static CompletionStage<Response> refused() {
    return CompletableFuture.completedStage(Response.of(403, ""));
  }

  private static CompletionStage<Response> taken() {
    return CompletableFuture.completedStage(Response.of(200, ""));
  }

  private CompletionStage<Response> pressed(Map<String, String> texts, String signature) {
    Optional<Card.Pressed> press =
        texts.getOrDefault("Event", "").equals("template_card_event")
            ? Card.Pressed.of(texts.getOrDefault("EventKey", ""))
            : Optional.empty();
    String member = texts.getOrDefault("FromUserName", "");
    String task = texts.getOrDefault("TaskId", "");
    if (press.isEmpty() || member.isEmpty() || task.isEmpty()) {
      return taken();
    }
    String word = press.get().button().word();
    Reception.Incoming incoming =
        new Reception.Incoming(
            surroundings.name(),
            Sealed.name(task, member, word, texts.getOrDefault("CreateTime", "")),
            Card.key(task),
            task,
            member,
            word);
    return surroundings
        .reception()
        .answered(incoming)
        .handle((answer, failure) -> {
          if (answer == null || failure != null) {
            return Response.of(503, "");
          }
          seen.done(signature);
          tell(press.get(), answer, member, texts.getOrDefault("ResponseCode", ""));
          return Response.of(200, "");
        });
  }

  private void tell(Card.Pressed press, Answer answer, String member, String responseCode) {
    if (responseCode.isEmpty()) {
      return;
    }
    Thread.startVirtualThread(() -> {
      String failed = telling.tell(member, responseCode, press.told(answer));
      if (failed != null) {
        LOG.warn("{}: a card could not be updated: {}", surroundings.name(), failed);
      }
    });
  }
}
