package io.shouwang.notify.aliyun;

import static io.shouwang.notify.cloud.PushCallback.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.chat.Sealed;
import io.shouwang.notify.cloud.Phone;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Reception.Progress;
import io.shouwang.yaml.Escaped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What Aliyun pushes about calls: how they stand (VoiceCallReport), how they went (VoiceReport),
 * and the key that was pressed, in either. Aliyun gives up after 700 ms and pushes again, so the
 * same key in the same call is one answer.
 */
record VoicePush(String provider, Reception reception) {

  CompletionStage<Boolean> heard(JsonNode entry) {
    String call = Cut.whole(text(entry, "call_id"), 64);
    String status = text(entry, "status_code");
    if (call.isEmpty() || status.isEmpty()) {
      return CompletableFuture.completedStage(false);
    }
    String key = PackedKey.unpack(text(entry, "out_id")).orElse(null);
    String pressed = pressed(text(entry, "dtmf"));
    // The answer first: it is found by the call's id, which a report may end.
    CompletionStage<Boolean> heard =
        pressed.isEmpty()
            ? CompletableFuture.completedStage(true)
            : answer(entry, call, key, pressed);
    Optional<CallResult> result =
        text(entry, "dtmf").isEmpty()
            ? CallResult.of(status)
            : Optional.of(new CallResult(Progress.SEEN, null));
    result.ifPresent(known ->
        reception.reported(
            new Reception.Report(
                provider,
                key,
                call,
                known.progress(),
                known.failure(),
                Escaped.line(Cut.characters(status, 20)))));
    return heard;
  }

  private CompletionStage<Boolean> answer(
      JsonNode entry, String call, @Nullable String key, String pressed) {
    return reception
        .answered(
            new Reception.Incoming(
                provider,
                Sealed.name(call, pressed),
                key,
                call,
                Phone.pushed(text(entry, "callee")).map(Phone::e164).orElse(""),
                pressed))
        .thenApply(_ -> true);
  }

  /** The last digit that was pressed: who corrects themselves means the last. */
  private static String pressed(String keys) {
    String digits = keys.replaceAll("[^0-9]", "");
    return digits.isEmpty() ? "" : digits.substring(digits.length() - 1);
  }
}
