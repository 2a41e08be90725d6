package io.shouwang.ingest.mqtt;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the server's certificate and key: TLS 1.3, and 1.2 with AEAD suites for old devices. */
final class ServerCertificate {
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private ServerCertificate() {}

  /**
   * Reads the PEM files, and proves that they belong together: a gateway that can't be reached by
   * any device must not seem to run.
   *
   * @throws IOException naming the file and the remedy
   */
  static SslContext read(MqttSettings.Tls tls) throws IOException {
    List<X509Certificate> chain = chain(tls.certificateChain());
    PublicKey publicKey = chain.getFirst().getPublicKey();
    PrivateKey privateKey = privateKey(tls.privateKey(), publicKey.getAlgorithm());
    if (!belongTogether(publicKey, privateKey)) {
      throw refused(
          tls.privateKey(), "isn't the key of the first certificate in " + tls.certificateChain());
    }
    return SslContextBuilder.forServer(privateKey, chain)
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .ciphers(SUITES)
        .build();
  }

  private static List<X509Certificate> chain(Path file) throws IOException {
    try (InputStream in = new ByteArrayInputStream(bytes(file))) {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        chain.add((X509Certificate) certificate);
      }
      if (chain.isEmpty()) {
        throw refused(file, "holds no certificate; it must be PEM, the server's own first");
      }
      return chain;
    } catch (CertificateException e) {
      throw refused(file, "holds no certificate; it must be PEM, the server's own first");
    }
  }

  private static PrivateKey privateKey(Path file, String algorithm) throws IOException {
    Matcher pem = PRIVATE_KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
    try {
      if (pem.find()) {
        byte[] key = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw refused(file, "holds no key of the certificate's kind, " + algorithm);
    }
    throw refused(file, "holds no private key; it must be PEM, PKCS #8, without a password");
  }

  private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
    String name =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> publicKey.getAlgorithm();
        };
    try {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      Signature signature = Signature.getInstance(name);
      signature.initSign(privateKey);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw refused(file, "isn't there or can't be read; make it readable for the gateway's user");
    }
    return Files.readAllBytes(file);
  }

  private static IOException refused(Path file, String why) {
    return new IOException("MQTT over TLS: " + file + " " + why);
  }
}
