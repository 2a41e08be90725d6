package io.shouwang.notify.wechat;

import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.chat.FlatXml;
import io.shouwang.notify.chat.Sealed;
import io.shouwang.notify.chat.SeenOnce;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Reception;
import io.shouwang.yaml.Escaped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What WeChat sends to a service account's address: the proof of the address, and how a template
 * message went ({@code TEMPLATESENDJOBFINISH}). In safe mode (an EncodingAESKey is configured) only
 * sealed messages count. In the clear the signature covers time and nonce but not the body, so each
 * signature counts once.
 */
final class FinishCallback implements Callback {
  private final ProviderKind.Surroundings surroundings;
  private final String token;
  private final @Nullable Sealed sealed;
  private final SeenOnce seen;

  FinishCallback(ProviderKind.Surroundings surroundings, String token, @Nullable Sealed sealed) {
    this.surroundings = surroundings;
    this.token = token;
    this.sealed = sealed;
    this.seen = new SeenOnce(surroundings.clock());
  }

  @Override
  public CompletionStage<Response> called(Request request) {
    return CompletableFuture.completedStage(answer(request));
  }

  private Response answer(Request request) {
    String signature = request.query().getOrDefault("signature", "");
    String timestamp = request.query().getOrDefault("timestamp", "");
    String nonce = request.query().getOrDefault("nonce", "");
    if (!seen.isTimely(timestamp) || !Sealed.isSigned(signature, token, timestamp, nonce)) {
      return Response.of(403, "");
    }
    if (request.method().equals("GET")) {
      return Response.of(200, Cut.whole(request.query().getOrDefault("echostr", ""), 256));
    }
    if (!request.method().equals("POST")) {
      return Response.of(405, "");
    }
    Optional<Map<String, String>> texts =
        FlatXml.read(new String(request.body().bytes(), StandardCharsets.UTF_8));
    if (sealed != null) {
      String messageSignature = request.query().getOrDefault("msg_signature", "");
      Optional<String> opened =
          sealed.open(
              messageSignature,
              timestamp,
              nonce,
              texts.map(outer -> outer.getOrDefault("Encrypt", "")).orElse(""));
      if (opened.isEmpty()) {
        return Response.of(403, "");
      }
      texts = FlatXml.read(opened.get());
    }
    if (!seen.isDone(signature)) {
      seen.done(signature);
      texts.ifPresent(this::hear);
    }
    return Response.of(200, "success");
  }

  private void hear(Map<String, String> texts) {
    // The account's administration writes MsgID here and MsgId elsewhere.
    String id = texts.getOrDefault("MsgID", texts.getOrDefault("MsgId", ""));
    if (!texts.getOrDefault("Event", "").equals("TEMPLATESENDJOBFINISH")
        || !id.matches("[0-9]{1,32}")) {
      return;
    }
    String status = texts.getOrDefault("Status", "");
    boolean isDelivered = status.equals("success");
    Failure failure = status.contains("user block") ? Failure.BLOCKED : Failure.DROPPED;
    surroundings
        .reception()
        .reported(
            new Reception.Report(
                surroundings.name(),
                null,
                id,
                isDelivered ? Reception.Progress.DELIVERED : Reception.Progress.FAILED,
                isDelivered ? null : failure,
                Escaped.line(Cut.characters(status, 100))));
  }
}
