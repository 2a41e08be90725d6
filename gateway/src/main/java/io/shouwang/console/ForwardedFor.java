package io.shouwang.console;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Who stands behind a trusted proxy, by its {@code X-Forwarded-For}. Read from its end, where the
 * proxy itself wrote: what stands before the first address that isn't a trusted proxy's is the
 * client's own word. From anybody else the header says nothing.
 */
final class ForwardedFor implements HttpConfiguration.Customizer {
  private static final String HEADER = "X-Forwarded-For";

  private final Set<InetAddress> trusted;

  ForwardedFor(Set<InetAddress> trusted) {
    this.trusted = Set.copyOf(trusted);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    InetAddress peer = address(request.getConnectionMetaData().getRemoteSocketAddress());
    if (peer == null || !trusted.contains(peer)) {
      return request;
    }
    InetAddress client = behind(request.getHeaders().getCSV(HEADER, false));
    return client == null ? request : new From(request, new InetSocketAddress(client, 0));
  }

  /** The last address that no trusted proxy has; null if none is named. */
  private @Nullable InetAddress behind(List<String> hops) {
    for (String hop : hops.reversed()) {
      InetAddress address;
      try {
        address = InetAddress.ofLiteral(hop);
      } catch (IllegalArgumentException e) {
        return null;
      }
      if (!trusted.contains(address)) {
        return address;
      }
    }
    return null;
  }

  static @Nullable InetAddress address(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }

  /** A request as if its connection came from elsewhere. */
  private static final class From extends Request.Wrapper {
    private final SocketAddress client;

    From(Request request, SocketAddress client) {
      super(request);
      this.client = client;
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return new ConnectionMetaData.Wrapper(super.getConnectionMetaData()) {
        @Override
        public SocketAddress getRemoteSocketAddress() {
          return client;
        }
      };
    }
  }
}
