package io.shouwang.notify.aliyun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.shouwang.notify.cloud.Digest;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Against the example with fixed parameters that Aliyun publishes in "V3 request structure and
 * signature": its canonical request, that one's hash, the text to sign and the header, whole.
 */
final class Acs3SignatureTest {
  private static final Instant NOW = Instant.parse("2023-10-26T10:22:32Z");
  private static final String NONCE = "3156853299f313e23d1673dc12e1703d";
  private static final String QUERY =
      "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai";
  private static final Acs3Signature.Call CALL =
      new Acs3Signature.Call(
          "ecs.cn-shanghai.aliyuncs.com", "/", QUERY, "RunInstances", "2014-05-26");
  private static final String CANONICAL =
      """
      POST
      /
      ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai
      host:ecs.cn-shanghai.aliyuncs.com
      x-acs-action:RunInstances
      x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
      x-acs-date:2023-10-26T10:22:32Z
      x-acs-signature-nonce:3156853299f313e23d1673dc12e1703d
      x-acs-version:2014-05-26

      host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version
      e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\
      """;
  private static final String AUTHORIZATION =
      "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
          + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
          + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";

  private final Acs3Signature signature =
      new Acs3Signature("YourAccessKeyId", "YourAccessKeySecret");

  @Test
  void the_published_example_is_signed_as_published() {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("RegionId", "cn-shanghai");
    parameters.put("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd");
    assertEquals(QUERY, Acs3Signature.query(parameters));
    String canonical = Acs3Signature.canonical(CALL, Acs3Signature.signed(CALL, NOW, NONCE));
    assertEquals(CANONICAL, canonical);
    assertEquals(
        "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259",
        Digest.sha256(canonical));
    assertEquals(
        "ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259",
        Acs3Signature.toSign(canonical));
    Map<String, String> headers = signature.headers(CALL, NOW, NONCE);
    assertEquals(AUTHORIZATION, headers.get("Authorization"));
    assertEquals("2023-10-26T10:22:32Z", headers.get("x-acs-date"));
    assertFalse(headers.containsKey("host"), "the HTTP client writes it");
  }

  @Test
  void what_a_query_holds_is_escaped_as_rfc_3986_says() {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("a", "一 *~+/=&");
    assertEquals("a=%E4%B8%80%20%2A~%2B%2F%3D%26", Acs3Signature.query(parameters));
  }

  @Test
  void the_secret_is_never_said() {
    assertFalse(signature.toString().contains("Secret"), signature.toString());
  }
}
