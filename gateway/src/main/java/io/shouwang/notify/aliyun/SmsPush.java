package io.shouwang.notify.aliyun;

import static io.shouwang.notify.cloud.PushCallback.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.chat.Sealed;
import io.shouwang.notify.cloud.CarrierStatus;
import io.shouwang.notify.cloud.Extensions;
import io.shouwang.notify.cloud.Phone;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Reception;
import io.shouwang.yaml.Escaped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What Aliyun pushes about short messages: how they went (SmsReport), and replies (SmsUp). */
record SmsPush(String provider, Reception reception, Extensions extensions) {
  private static final int CODE_LENGTH_MAX = 60;
  private static final int TEXT_LENGTH_MAX = 500;

  CompletionStage<Boolean> heard(JsonNode entry) {
    if (entry.has("success")) {
      return CompletableFuture.completedStage(report(entry));
    }
    Optional<Phone> from = Phone.pushed(text(entry, "phone_number"));
    if (!entry.path("content").isTextual() || from.isEmpty()) {
      return CompletableFuture.completedStage(false);
    }
    String content = text(entry, "content");
    return reception
        .answered(
            new Reception.Incoming(
                provider,
                Sealed.name(
                    text(entry, "sequence_id"),
                    from.get().e164(),
                    text(entry, "send_time"),
                    content),
                extensions.key(from.get(), text(entry, "dest_code")),
                null,
                from.get().e164(),
                Cut.whole(content, TEXT_LENGTH_MAX)))
        .thenApply(_ -> true);
  }

  private boolean report(JsonNode entry) {
    String key = text(entry, "out_id");
    String id = text(entry, "biz_id");
    if (key.isEmpty() && id.isEmpty()) {
      return false;
    }
    String code = Escaped.line(Cut.characters(text(entry, "err_code"), CODE_LENGTH_MAX));
    boolean isDelivered = entry.path("success").asBoolean(false);
    reception.reported(
        new Reception.Report(
            provider,
            key.isEmpty() ? null : key,
            Cut.whole(id, 64),
            isDelivered ? Reception.Progress.DELIVERED : Reception.Progress.FAILED,
            isDelivered ? null : failure(text(entry, "err_code")),
            code));
    return true;
  }

  /** The platform's own codes are those of its interface; all others are the carriers'. */
  private static Failure failure(String code) {
    return code.startsWith("isv.") || code.startsWith("isp.")
        ? AliyunErrors.failure(code)
        : CarrierStatus.failure(code);
  }
}
