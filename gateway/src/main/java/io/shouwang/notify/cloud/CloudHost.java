package io.shouwang.notify.cloud;

import io.shouwang.notify.chat.ServiceAddress;
import java.net.URI;

/** The parts of a base address that a signature covers. */
public record CloudHost(String host, String path, URI base) {

  public static CloudHost of(ServiceAddress address) {
    URI base = address.base();
    boolean isStandard =
        base.getPort() < 0 || base.getPort() == ("https".equals(base.getScheme()) ? 443 : 80);
    // As the HTTP client writes it into its Host header: the port only where it is unusual.
    String host = isStandard ? base.getHost() : base.getHost() + ":" + base.getPort();
    return new CloudHost(host, base.getRawPath() + "/", base);
  }

  /** The address of its root, with a query that is escaped already; none if that is empty. */
  public URI root(String query) {
    return URI.create(base + "/" + (query.isEmpty() ? "" : "?" + query));
  }
}
