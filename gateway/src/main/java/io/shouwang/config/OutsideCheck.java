package io.shouwang.config;

import io.shouwang.config.GatewayConfig.Address;
import io.shouwang.config.GatewayConfig.Http;
import io.shouwang.config.GatewayConfig.Outside;
import io.shouwang.config.GatewayConfig.TlsListener;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Whether what the internet reaches is what it should reach, and can. Says so in warnings: which
 * network lies before a listener is nothing that a file knows.
 */
final class OutsideCheck {
  private final @Nullable URI publicUrl;
  private final Http http;
  private final @Nullable Outside outside;

  OutsideCheck(Settings settings) {
    this.publicUrl = settings.channels().publicUrl();
    this.http = settings.gateway().http();
    this.outside = settings.gateway().outside();
  }

  void run(PrintWriter out) {
    if (publicUrl != null && !"https".equals(publicUrl.getScheme())) {
      warn(
          out,
          ChannelsYaml.FILE,
          "public_url is not https",
          "whoever is on the way reads and answers for others; on a phone it leads nowhere, write"
              + " https:// and the name that phones know");
    }
    if (publicUrl != null && outside == null && isOffLoopback()) {
      warn(
          out,
          GatewayYaml.FILE,
          "public_url is set and there is no outside",
          "phones that reach the one-tap page reach the console and the API, too; give the page a"
              + " listener of its own under outside");
    }
    if (outside != null) {
      check(outside, out);
    }
  }

  private void check(Outside listener, PrintWriter out) {
    if (publicUrl == null) {
      warn(
          out,
          ChannelsYaml.FILE,
          "there is an outside and no public_url",
          "no message has a link; write where phones reach outside");
    }
    boolean behindProxy = listener.pem() == null;
    if (behindProxy && listener.trustedProxies().isEmpty()) {
      warn(
          out,
          GatewayYaml.FILE,
          "outside has neither tls nor trusted_proxies",
          "behind a proxy all visitors have one address and share its limits; name the proxy's"
              + " address in outside.trusted_proxies");
    }
  }

  private boolean isOffLoopback() {
    TlsListener tls = http.tls();
    return !isLoopback(http.address()) || (tls != null && !isLoopback(tls.address()));
  }

  private static boolean isLoopback(Address address) {
    return address.host().equals("localhost")
        || InetAddress.ofLiteral(address.host()).isLoopbackAddress();
  }

  private static void warn(PrintWriter out, String file, String what, String remedy) {
    out.println(file + ": warning: " + what + ": " + remedy);
  }
}
