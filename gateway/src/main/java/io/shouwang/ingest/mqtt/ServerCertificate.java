package io.shouwang.ingest.mqtt;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;

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

  private ServerCertificate() {}

  /**
   * Reads the PEM files.
   *
   * @throws IOException naming the file and the remedy
   */
  static SslContext read(MqttSettings.Tls tls) throws IOException {
    requireReadable(tls.certificateChain(), "certificate chain");
    requireReadable(tls.privateKey(), "private key");
    try {
      return SslContextBuilder.forServer(tls.certificateChain().toFile(), tls.privateKey().toFile())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .ciphers(SUITES)
          .build();
    } catch (IllegalArgumentException | SSLException e) {
      throw new IOException(
          "MQTT over TLS: "
              + tls.certificateChain()
              + " with "
              + tls.privateKey()
              + " is no usable pair; both must be PEM, the key PKCS #8 without a password and the"
              + " one of the first certificate",
          e);
    }
  }

  private static void requireReadable(Path file, String what) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(
          "MQTT over TLS: the "
              + what
              + " "
              + file
              + " isn't there or can't be read; make it readable for the gateway's user");
    }
  }
}
