package io.shouwang.notify.tencent;

import io.shouwang.notify.cloud.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Signs requests as Tencent Cloud's interfaces want it, TC3-HMAC-SHA256 ("signature method v3"): a
 * POST of JSON to the root, with content type, host and action signed. The key is derived anew for
 * each day of UTC; a signature holds for five minutes.
 *
 * @param secretKey never said
 */
record Tc3Signature(String secretId, String secretKey) {
  static final String CONTENT_TYPE = "application/json; charset=utf-8";
  private static final String ALGORITHM = "TC3-HMAC-SHA256";
  private static final String SIGNED_HEADERS = "content-type;host;x-tc-action";
  private static final String REQUEST = "tc3_request";

  /**
   * One call.
   *
   * @param service the first part of its host's name: {@code sms}
   * @param body as it is sent, in UTF-8
   */
  record Call(String host, String path, String service, String action, String body) {}

  /** The {@code Authorization} header. */
  String authorization(Call call, Instant now) {
    byte[] key = signingKey(dateKey(secretKey, now), call.service());
    String scope = scope(call.service(), now);
    return ALGORITHM
        + " Credential="
        + secretId
        + "/"
        + scope
        + ", SignedHeaders="
        + SIGNED_HEADERS
        + ", Signature="
        + HexFormat.of().formatHex(Digest.hmac(key, toSign(canonical(call), scope, now)));
  }

  static String canonical(Call call) {
    return canonical(
        call, "x-tc-action:" + call.action().toLowerCase(Locale.ROOT) + "\n", SIGNED_HEADERS);
  }

  /**
   * @param more headers beside content type and host
   */
  static String canonical(Call call, String more, String names) {
    return "POST\n"
        + call.path()
        + "\n\ncontent-type:"
        + CONTENT_TYPE
        + "\nhost:"
        + call.host()
        + "\n"
        + more
        + "\n"
        + names
        + "\n"
        + Digest.sha256(call.body());
  }

  static String scope(String service, Instant now) {
    return day(now) + "/" + service + "/" + REQUEST;
  }

  static String toSign(String canonical, String scope, Instant now) {
    return ALGORITHM + "\n" + now.getEpochSecond() + "\n" + scope + "\n" + Digest.sha256(canonical);
  }

  static byte[] dateKey(String secretKey, Instant now) {
    return Digest.hmac(("TC3" + secretKey).getBytes(StandardCharsets.UTF_8), day(now));
  }

  static byte[] signingKey(byte[] dateKey, String service) {
    return Digest.hmac(Digest.hmac(dateKey, service), REQUEST);
  }

  private static String day(Instant now) {
    return now.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  @Override
  public String toString() {
    return secretId;
  }
}
