package io.shouwang.notify.tencent;

import static io.shouwang.notify.cloud.PushCallback.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.chat.Sealed;
import io.shouwang.notify.cloud.CarrierStatus;
import io.shouwang.notify.cloud.Extensions;
import io.shouwang.notify.cloud.Phone;
import io.shouwang.notify.cloud.RecentKeys;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Reception;
import io.shouwang.yaml.Escaped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What Tencent Cloud pushes: how messages went, and replies. */
record TencentPush(
    String provider, Reception reception, Extensions extensions, RecentKeys bySerial) {
  private static final int CODE_LENGTH_MAX = 60;
  private static final int TEXT_LENGTH_MAX = 500;

  CompletionStage<Boolean> heard(JsonNode entry) {
    if (!text(entry, "report_status").isEmpty()) {
      return CompletableFuture.completedStage(report(entry));
    }
    Optional<Phone> from = from(entry);
    if (!entry.path("text").isTextual() || from.isEmpty()) {
      return CompletableFuture.completedStage(false);
    }
    String content = text(entry, "text");
    String extend = text(entry, "extend");
    return reception
        .answered(
            new Reception.Incoming(
                provider,
                Sealed.name(from.get().e164(), text(entry, "time"), extend, content),
                extensions.key(from.get(), extend),
                null,
                from.get().e164(),
                Cut.whole(content, TEXT_LENGTH_MAX)))
        .thenApply(_ -> true);
  }

  private static Optional<Phone> from(JsonNode entry) {
    String nation = text(entry, "nationcode").replaceFirst("^\\+", "");
    String mobile = text(entry, "mobile");
    return nation.isEmpty() ? Phone.pushed(mobile) : Phone.of("+" + nation + mobile);
  }

  private boolean report(JsonNode entry) {
    String serial = Cut.whole(text(entry, "sid"), 64);
    if (serial.isEmpty()) {
      return false;
    }
    boolean isDelivered = text(entry, "report_status").equals("SUCCESS");
    String code = text(entry, "errmsg");
    Failure failure = isDelivered ? null : CarrierStatus.failure(code);
    reception.reported(
        new Reception.Report(
            provider,
            bySerial.find(serial),
            serial,
            isDelivered ? Reception.Progress.DELIVERED : Reception.Progress.FAILED,
            failure,
            Escaped.line(Cut.characters(code, CODE_LENGTH_MAX))));
    return true;
  }
}
