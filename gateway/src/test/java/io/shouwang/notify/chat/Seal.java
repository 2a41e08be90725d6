package io.shouwang.notify.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The platform's side of a sealed callback. */
public final class Seal {
  private Seal() {}

  public static String signature(String... parts) {
    try {
      String joined = String.join("", List.of(parts).stream().sorted().toList());
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(joined.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A message in its envelope. */
  public static String sealed(String key, String receiver, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] whom = receiver.getBytes(StandardCharsets.UTF_8);
    int length = 20 + text.length + whom.length;
    int padding = 32 - length % 32;
    ByteBuffer plain = ByteBuffer.allocate(length + padding);
    plain.put("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    plain.putInt(text.length).put(text).put(whom);
    byte[] pad = new byte[padding];
    Arrays.fill(pad, (byte) padding);
    plain.put(pad);
    try {
      byte[] secret = Base64.getDecoder().decode(key + "=");
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(secret, "AES"),
          new IvParameterSpec(Arrays.copyOf(secret, 16)));
      return Base64.getEncoder().encodeToString(cipher.doFinal(plain.array()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String xml(Map<String, String> texts) {
    StringBuilder xml = new StringBuilder("<xml>");
    texts.forEach((name, text) ->
        xml.append('<')
            .append(name)
            .append("><![CDATA[")
            .append(text)
            .append("]]></")
            .append(name)
            .append('>'));
    return xml.append("</xml>").toString();
  }
}
