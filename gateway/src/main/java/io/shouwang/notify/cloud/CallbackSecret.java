package io.shouwang.notify.cloud;

import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.ProviderKind.Secrets;
import io.shouwang.yaml.YamlSection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A secret of our own in a callback's address, {@code ?secret=…}: these providers sign nothing that
 * they push, so whoever knows the address is taken for them. It belongs into the provider's console
 * and nowhere else, and only behind TLS.
 */
public final class CallbackSecret {
  private static final String KEY = "callback_secret_file";
  private static final int LENGTH_MIN = 24;

  private final byte[] secret;

  public CallbackSecret(String secret) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads {@code callback_secret_file}; empty after a mistake. */
  public static Optional<CallbackSecret> read(YamlSection section, Secrets secrets) {
    Optional<String> text = secrets.secret(section, KEY);
    if (text.isPresent() && !text.get().matches("[A-Za-z0-9_-]{" + LENGTH_MIN + ",200}")) {
      section.reportAt(
          KEY,
          "the file behind " + section.named(KEY) + " holds no secret for an address",
          "write into it at least "
              + LENGTH_MIN
              + " of A-Z a-z 0-9 _ -, like those of: openssl rand -hex 16");
      return Optional.empty();
    }
    return text.map(CallbackSecret::new);
  }

  boolean isKnownTo(Callback.Request request) {
    byte[] shown = request.query().getOrDefault("secret", "").getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(secret, shown);
  }

  @Override
  public String toString() {
    return "CallbackSecret";
  }
}
