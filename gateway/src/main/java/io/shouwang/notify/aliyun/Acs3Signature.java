package io.shouwang.notify.aliyun;

import io.shouwang.notify.cloud.Digest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signs requests as Aliyun's interfaces want it, ACS3-HMAC-SHA256 ("V3 request structure and
 * signature"): parameters in the query, an empty body, everything signed. A signature holds for 15
 * minutes and its nonce once.
 *
 * @param secret never said
 */
record Acs3Signature(String keyId, String secret) {
  private static final String ALGORITHM = "ACS3-HMAC-SHA256";
  private static final String EMPTY_BODY = Digest.sha256("");

  /**
   * One call.
   *
   * @param path with a leading slash
   * @param query in its canonical form
   */
  record Call(String host, String path, String query, String action, String version) {}

  /** Parameters as a query: sorted, and escaped as RFC 3986 says. */
  static String query(SortedMap<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> escaped(each.getKey()) + "=" + escaped(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** The headers to send; the host goes with any request. */
  Map<String, String> headers(Call call, Instant now, String nonce) {
    SortedMap<String, String> headers = signed(call, now, nonce);
    String signature =
        HexFormat.of()
            .formatHex(
                Digest.hmac(
                    secret.getBytes(StandardCharsets.UTF_8), toSign(canonical(call, headers))));
    headers.remove("host");
    headers.put(
        "Authorization",
        ALGORITHM
            + " Credential="
            + keyId
            + ",SignedHeaders="
            + String.join(";", signed(call, now, nonce).keySet())
            + ",Signature="
            + signature);
    return headers;
  }

  static SortedMap<String, String> signed(Call call, Instant now, String nonce) {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put("host", call.host());
    headers.put("x-acs-action", call.action());
    headers.put("x-acs-content-sha256", EMPTY_BODY);
    headers.put("x-acs-date", now.truncatedTo(ChronoUnit.SECONDS).toString());
    headers.put("x-acs-signature-nonce", nonce);
    headers.put("x-acs-version", call.version());
    return headers;
  }

  static String canonical(Call call, SortedMap<String, String> headers) {
    StringBuilder text = new StringBuilder("POST\n");
    text.append(call.path()).append('\n').append(call.query()).append('\n');
    headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    text.append('\n').append(String.join(";", headers.keySet())).append('\n').append(EMPTY_BODY);
    return text.toString();
  }

  static String toSign(String canonical) {
    return ALGORITHM + "\n" + Digest.sha256(canonical);
  }

  @Override
  public String toString() {
    return keyId;
  }
}
