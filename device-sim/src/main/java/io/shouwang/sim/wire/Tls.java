package io.shouwang.sim.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whose certificates a TLS connection trusts. The host name is always checked. Immutable. */
public final class Tls {
  private final TrustManagerFactory trust;
  private final SSLContext context;

  private Tls(@Nullable KeyStore authorities) throws GeneralSecurityException {
    trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
  }

  /**
   * Trusts the PEM certificates in {@code file}, or what the system trusts when it is null.
   *
   * @throws IOException naming the file and the remedy, if it holds no certificate
   */
  public static Tls trusting(@Nullable Path file) throws IOException {
    try {
      return new Tls(file == null ? null : authorities(file));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          file
              + ": holds no certificate that can be read; give the PEM file (-----BEGIN"
              + " CERTIFICATE-----) of the authority that signed the gateway's certificate",
          e);
    }
  }

  private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, one);
      }
      if (number == 0) {
        throw new GeneralSecurityException("no certificate");
      }
    }
    return store;
  }

  SSLSocketFactory sockets() {
    return context.getSocketFactory();
  }

  /** For clients that make their own TLS engine. */
  public TrustManagerFactory trust() {
    return trust;
  }
}
