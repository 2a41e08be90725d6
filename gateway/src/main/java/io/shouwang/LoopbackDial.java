package io.shouwang;

import io.shouwang.audit.MqttWalk;
import io.shouwang.config.GatewayConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Connects the gateway to its own MQTT port: the plain one, or the one with TLS if there is no
 * other. There it trusts the very certificate of the configuration, whatever names it has.
 */
final class LoopbackDial implements MqttWalk.Dial {
  private final GatewayConfig.Mqtt mqtt;
  private volatile @Nullable InetSocketAddress address;

  LoopbackDial(GatewayConfig.Mqtt mqtt) {
    this.mqtt = mqtt;
  }

  /** Where the listeners were bound, the plain one first. */
  void to(List<InetSocketAddress> bound) {
    if (!bound.isEmpty()) {
      InetSocketAddress first = bound.getFirst();
      address =
          first.getAddress().isAnyLocalAddress()
              ? new InetSocketAddress(InetAddress.getLoopbackAddress(), first.getPort())
              : first;
    }
  }

  @Override
  public Socket dial(int limitMillis) throws IOException {
    InetSocketAddress to = address;
    if (to == null) {
      throw new IOException("the gateway does not listen yet");
    }
    Socket plain = new Socket();
    boolean done = false;
    try {
      plain.setTcpNoDelay(true);
      plain.connect(to, limitMillis);
      plain.setSoTimeout(limitMillis);
      GatewayConfig.TlsListener tls = mqtt.tls();
      Socket open =
          mqtt.plain() != null || tls == null ? plain : secure(plain, to, tls.pem().certificate());
      done = true;
      return open;
    } finally {
      if (!done) {
        plain.close();
      }
    }
  }

  private static Socket secure(Socket plain, InetSocketAddress to, Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> own =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Own(own)}, null);
      SSLSocket socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, to.getHostString(), to.getPort(), true);
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS to the gateway's own port", e);
    }
  }

  /** Trusts the certificates of the file and no other. */
  private record Own(Collection<? extends Certificate> certificates) implements X509TrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      if (chain.length == 0 || !certificates.contains(chain[0])) {
        throw new CertificateException("not the gateway's own certificate");
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("nobody is a client here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
