package io.shouwang.notify.webhook;

import io.shouwang.host.Clock;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 POST to an address that was checked before: the JDK's client resolves names by
 * itself and would connect to another. TLS checks the name as usual. No redirects; everything
 * bounded.
 */
final class SafePost {
  static final int ANSWER_BYTES_MAX = 64 * 1024;
  private static final int LINE_MAX = 8 * 1024;
  private static final int HEADERS_MAX = 100;

  private final SSLSocketFactory tls;
  private final Clock clock;

  SafePost(SSLSocketFactory tls, Clock clock) {
    this.tls = tls;
    this.clock = clock;
  }

  /** What came back. */
  record Answer(int status, Map<String, String> headers, String body) {
    Answer {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Sends and waits.
   *
   * @param limit for the connection, and then for the whole exchange
   * @throws SocketTimeoutException when it took longer
   */
  Answer send(
      URI uri, InetAddress address, Map<String, String> headers, byte[] body, Duration limit)
      throws IOException {
    boolean secure = "https".equals(uri.getScheme());
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    int millis = (int) limit.toMillis();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address, port), millis);
      plain.setSoTimeout(millis);
      if (!secure) {
        return exchange(plain, uri, headers, body, limit);
      }
      try (SSLSocket socket = (SSLSocket) tls.createSocket(plain, uri.getHost(), port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return exchange(socket, uri, headers, body, limit);
      }
    }
  }

  private Answer exchange(
      Socket socket, URI uri, Map<String, String> headers, byte[] body, Duration limit)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(head(uri, headers, body.length).getBytes(StandardCharsets.UTF_8));
    out.write(body);
    out.flush();
    return read(new BufferedInputStream(new Until(socket, clock, clock.nanos() + limit.toNanos())));
  }

  /** A peer that drips a byte now and then keeps each read's limit; it doesn't keep this one. */
  private static final class Until extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final Clock clock;
    private final long endNanos;

    Until(Socket socket, Clock clock, long endNanos) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.clock = clock;
      this.endNanos = endNanos;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - clock.nanos());
      if (leftMillis <= 0) {
        throw new SocketTimeoutException("no whole answer in time");
      }
      socket.setSoTimeout((int) leftMillis);
      return in.read(bytes, from, length);
    }
  }

  private static String head(URI uri, Map<String, String> headers, int length) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    StringBuilder head = new StringBuilder("POST ").append(path);
    if (uri.getRawQuery() != null) {
      head.append('?').append(uri.getRawQuery());
    }
    head.append(" HTTP/1.1\r\nHost: ").append(uri.getHost());
    if (uri.getPort() > 0) {
      head.append(':').append(uri.getPort());
    }
    head.append("\r\nContent-Length: ").append(length);
    head.append("\r\nConnection: close\r\n");
    headers.forEach((name, value) ->
        head.append(name).append(": ").append(value.replaceAll("[\r\n]", " ")).append("\r\n"));
    return head.append("\r\n").toString();
  }

  private static Answer read(InputStream in) throws IOException {
    String status = line(in);
    String[] parts = status.split(" ", 3);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5][0-9]{2}")) {
      throw new IOException("the answer is no HTTP");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon <= 0 || headers.size() >= HEADERS_MAX) {
        throw new IOException("the answer's head is broken");
      }
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return new Answer(Integer.parseInt(parts[1]), headers, body(in, headers));
  }

  private static String body(InputStream in, Map<String, String> headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      while (true) {
        int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
        if (size == 0) {
          break;
        }
        if (size < 0 || body.size() + size > ANSWER_BYTES_MAX) {
          throw new IOException("the answer is too long");
        }
        body.write(exactly(in, size));
        line(in);
      }
    } else {
      String length = headers.get("content-length");
      int size = length == null ? ANSWER_BYTES_MAX + 1 : Integer.parseInt(length);
      if (length != null && (size < 0 || size > ANSWER_BYTES_MAX)) {
        throw new IOException("the answer is too long");
      }
      byte[] bytes = length == null ? in.readNBytes(size) : exactly(in, size);
      if (bytes.length > ANSWER_BYTES_MAX) {
        throw new IOException("the answer is too long");
      }
      body.write(bytes);
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the answer broke off");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the answer broke off");
      }
      if (line.length() >= LINE_MAX) {
        throw new IOException("a line of the answer is too long");
      }
      line.append((char) c);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }
}
