package io.shouwang.notify.cloud;

import io.shouwang.model.Payload;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Notice;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What tests of cloud providers say and hear. */
public final class Told {
  public static final String SECRET = "0123456789abcdef0123456789abcdef";
  public static final String KEY = "a42fe321850c131684a7d.3";
  public static final String MOBILE = "+8613800138000";

  private Told() {}

  public static Callback.Response pushed(Callback callback, String body) {
    return pushed(callback, "POST", SECRET, body);
  }

  public static Callback.Response pushed(
      Callback callback, String method, String secret, String body) {
    return callback.called(request(method, secret, body)).toCompletableFuture().join();
  }

  public static Callback.Request request(String method, String secret, String body) {
    return new Callback.Request(
        method,
        Map.of("secret", secret),
        Map.of(),
        Payload.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  public static Notice notice(
      String address,
      Notice.Purpose purpose,
      boolean exercise,
      String language,
      Map<Notice.Field, String> fields) {
    return new Notice(
        KEY,
        address,
        purpose,
        true,
        exercise,
        language,
        "标题",
        "正文",
        "",
        fields.getOrDefault(Notice.Field.CODE, ""),
        fields,
        Payload.of(new byte[0]));
  }
}
