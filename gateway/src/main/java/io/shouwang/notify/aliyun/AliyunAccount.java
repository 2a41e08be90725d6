package io.shouwang.notify.aliyun;

import io.shouwang.notify.chat.ChatAnswer;
import io.shouwang.notify.chat.ServiceAddress;
import io.shouwang.notify.cloud.CallbackSecret;
import io.shouwang.notify.cloud.CloudAnswer;
import io.shouwang.notify.cloud.CloudHost;
import io.shouwang.notify.cloud.PushCallback;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.ProviderKind.Secrets;
import io.shouwang.notify.provider.ProviderKind.Surroundings;
import io.shouwang.yaml.YamlSection;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One access key, and the interface it opens. */
record AliyunAccount(CloudHost host, Acs3Signature signature, CallbackSecret callbackSecret) {
  static final String VERSION = "2017-05-25";
  static final PushCallback.Words WORDS =
      new PushCallback.Words("{\"code\":0,\"msg\":\"接收成功\"}", "{\"code\":1,\"msg\":\"again\"}");
  private static final int NONCE_BYTES = 16;

  /** Reads address, key and callback secret; empty after a mistake. */
  static Optional<AliyunAccount> read(YamlSection section, Secrets secrets, String standardUrl) {
    ServiceAddress address = ServiceAddress.read(section, standardUrl);
    String key = section.word("access_key_id").map(YamlSection.Placed::text).orElse("");
    boolean isKey = key.matches("[A-Za-z0-9._-]{6,128}");
    if (!isKey) {
      section.reportAt(
          "access_key_id",
          section.named("access_key_id") + " is missing or none",
          "write the AccessKey ID of a RAM user that may do this and nothing else");
    }
    Optional<String> secret = secrets.secret(section, "access_key_secret_file");
    Optional<CallbackSecret> callback = CallbackSecret.read(section, secrets);
    return address == null || !isKey || secret.isEmpty() || callback.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AliyunAccount(
                CloudHost.of(address), new Acs3Signature(key, secret.get()), callback.get()));
  }

  /** Calls an interface once. */
  CloudAnswer call(Surroundings surroundings, String action, Map<String, String> parameters)
      throws Http.NoAnswer, ChatAnswer.Unusable {
    SortedMap<String, String> sorted = new TreeMap<>(parameters);
    String query = Acs3Signature.query(sorted);
    byte[] nonce = new byte[NONCE_BYTES];
    surroundings.random().nextBytes(nonce);
    Instant now = surroundings.clock().wall();
    Map<String, String> headers =
        signature.headers(
            new Acs3Signature.Call(host.host(), host.path(), query, action, VERSION),
            now,
            HexFormat.of().formatHex(nonce));
    Http.Reply reply = surroundings.http().post(host.root(query), headers, new byte[0]);
    var json = CloudAnswer.json(reply);
    String code = json.path("Code").asText("");
    if (code.isEmpty()) {
      throw CloudAnswer.unusable(reply);
    }
    return new CloudAnswer(code, json.path("Message").asText(""), json);
  }
}
