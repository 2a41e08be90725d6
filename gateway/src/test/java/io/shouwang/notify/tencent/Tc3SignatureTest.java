package io.shouwang.notify.tencent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.notify.cloud.Digest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Against the example that Tencent Cloud publishes in "signature method v3". Today's page signs
 * content type, host and action, and masks the end of its secret: every value that it prints is
 * checked, from the hash of the body through the keys of date and service to the signature; only
 * the step from the secret to the date's key can't be. The page of before 2022 signs content type
 * and host with a secret that is printed whole, and that step is checked with it.
 */
final class Tc3SignatureTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_551_113_065);
  private static final String BODY =
      "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\":"
          + " \"instance-name\"}]}";
  private static final Tc3Signature.Call CALL =
      new Tc3Signature.Call("cvm.tencentcloudapi.com", "/", "cvm", "DescribeInstances", BODY);
  private static final String BODY_HASH =
      "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064";
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void the_published_example_is_signed_as_published() {
    assertEquals(BODY_HASH, Digest.sha256(BODY));
    String canonical = Tc3Signature.canonical(CALL);
    assertEquals(
        """
        POST
        /

        content-type:application/json; charset=utf-8
        host:cvm.tencentcloudapi.com
        x-tc-action:describeinstances

        content-type;host;x-tc-action
        35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064\
        """,
        canonical);
    assertEquals(
        "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
        Digest.sha256(canonical));
    String scope = Tc3Signature.scope("cvm", NOW);
    String toSign = Tc3Signature.toSign(canonical, scope, NOW);
    assertEquals(
        """
        TC3-HMAC-SHA256
        1551113065
        2019-02-25/cvm/tc3_request
        7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84\
        """,
        toSign);
    byte[] dateKey =
        HEX.parseHex("da98fb70dcf6b112dc21038d1eeeb3a95c74b4dcb12c1131f864f6066bd02be0");
    assertEquals(
        "8d70cbefb03939f929db64d32dc2ba89b1095620119fe3e050e2b18c5bd2752f",
        HEX.formatHex(Digest.hmac(dateKey, "cvm")));
    byte[] signingKey = Tc3Signature.signingKey(dateKey, "cvm");
    assertEquals(
        "b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af",
        HEX.formatHex(signingKey));
    assertEquals(
        "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
        HEX.formatHex(Digest.hmac(signingKey, toSign)));
  }

  @Test
  void the_older_example_whose_secret_is_whole_is_signed_as_published() {
    String canonical = Tc3Signature.canonical(CALL, "", "content-type;host");
    assertEquals(
        "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
        Digest.sha256(canonical));
    byte[] key =
        Tc3Signature.signingKey(
            Tc3Signature.dateKey("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", NOW), "cvm");
    String toSign = Tc3Signature.toSign(canonical, Tc3Signature.scope("cvm", NOW), NOW);
    assertEquals(
        "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
        HEX.formatHex(Digest.hmac(key, toSign)));
  }

  @Test
  void the_header_names_who_when_and_what_and_not_the_secret() {
    Tc3Signature signature =
        new Tc3Signature("AKIDz8krbsJ5yKBZQpn74WFkmLPx3", "Gu5t9xGARNpq86cd98joQYCN3");
    String header = signature.authorization(CALL, NOW);
    assertTrue(
        header.matches(
            "TC3-HMAC-SHA256"
                + " Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3/2019-02-25/cvm/tc3_request,"
                + " SignedHeaders=content-type;host;x-tc-action, Signature=[0-9a-f]{64}"),
        header);
    assertFalse((header + signature).contains("Gu5t9x"));
  }

  @Test
  void a_day_is_one_of_utc() {
    assertEquals(
        "2026-02-28/sms/tc3_request",
        Tc3Signature.scope("sms", Instant.parse("2026-02-28T23:59:59Z")));
  }
}
