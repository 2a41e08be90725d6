package io.shouwang.notify.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Standard Webhooks' published vector, rotation, and what must not pass. */
final class WebhookSignatureTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldY";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String PUBLISHED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static boolean isGood(String secrets, String header, Instant now) {
    return WebhookSignature.of(secrets)
        .orElseThrow()
        .isGood(ID, Long.toString(AT.getEpochSecond()), header, BODY, now);
  }

  @Test
  void the_published_vector() {
    assertEquals(PUBLISHED, WebhookSignature.of(SECRET).orElseThrow().sign(ID, AT, BODY));
  }

  @Test
  void while_a_secret_is_changed_either_is_good() {
    String both = WebhookSignature.of(OTHER + "\n" + SECRET).orElseThrow().sign(ID, AT, BODY);
    assertEquals(2, both.split(" ").length);
    assertTrue(isGood(SECRET, both, AT));
    assertTrue(isGood(OTHER, both, AT));
    assertTrue(isGood(SECRET + "\n" + OTHER, PUBLISHED, AT));
    assertFalse(isGood(OTHER, PUBLISHED, AT));
  }

  @Test
  void what_is_old_or_early_or_changed_is_refused() {
    assertTrue(isGood(SECRET, PUBLISHED, AT.plusSeconds(300)));
    assertFalse(isGood(SECRET, PUBLISHED, AT.plusSeconds(301)));
    assertFalse(isGood(SECRET, PUBLISHED, AT.minusSeconds(301)));
    assertFalse(isGood(SECRET, PUBLISHED.replace('g', 'h'), AT));
    assertFalse(isGood(SECRET, "", AT));
    assertTrue(WebhookSignature.of("whsec_short").isEmpty());
    assertTrue(WebhookSignature.of("").isEmpty());
  }
}
