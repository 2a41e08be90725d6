package io.shouwang.notify.webhook;

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
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 POST to an address that was checked before: the JDK's client resolves names by
 * itself and would connect to another. TLS checks the name as usual. No redirects; everything
 * bounded: when the time is over the connection is closed, whatever it was at, be it a handshake
 * that drips or a body that nobody reads.
 */
final class SafePost {
  static final int ANSWER_BYTES_MAX = 64 * 1024;
  private static final int LINE_MAX = 8 * 1024;
  private static final int HEADERS_MAX = 100;
  private static final int INFORMATIONAL_MAX = 10;

  private static final Logger LOG = LoggerFactory.getLogger(SafePost.class);

  /** Ends exchanges whose time is over; closing a socket takes no time. */
  private static final ScheduledThreadPoolExecutor ENDING = ending();

  private final SSLSocketFactory tls;

  SafePost(SSLSocketFactory tls) {
    this.tls = tls;
  }

  private static ScheduledThreadPoolExecutor ending() {
    ScheduledThreadPoolExecutor ending =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("webhook-end").factory());
    ending.setRemoveOnCancelPolicy(true);
    return ending;
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
   * @param limit for all of it
   * @throws SocketTimeoutException when it took longer
   */
  Answer send(
      URI uri, InetAddress address, Map<String, String> headers, byte[] body, Duration limit)
      throws IOException {
    boolean secure = "https".equals(uri.getScheme());
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    int millis = (int) limit.toMillis();
    AtomicBoolean over = new AtomicBoolean();
    try (Socket plain = new Socket()) {
      Future<?> end =
          ENDING.schedule(() -> end(plain, over), limit.toNanos(), TimeUnit.NANOSECONDS);
      try {
        plain.connect(new InetSocketAddress(address, port), millis);
        plain.setSoTimeout(millis);
        if (!secure) {
          return exchange(plain, uri, headers, body);
        }
        try (SSLSocket socket = (SSLSocket) tls.createSocket(plain, uri.getHost(), port, true)) {
          SSLParameters parameters = socket.getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          socket.setSSLParameters(parameters);
          socket.startHandshake();
          return exchange(socket, uri, headers, body);
        }
      } catch (IOException e) {
        if (over.get()) {
          SocketTimeoutException late = new SocketTimeoutException("no whole answer in time");
          late.initCause(e);
          throw late;
        }
        throw e;
      } finally {
        end.cancel(false);
      }
    }
  }

  private static void end(Socket socket, AtomicBoolean over) {
    over.set(true);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection could not be closed", e);
    }
  }

  private static Answer exchange(Socket socket, URI uri, Map<String, String> headers, byte[] body)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(head(uri, headers, body.length).getBytes(StandardCharsets.UTF_8));
    out.write(body);
    out.flush();
    return read(new BufferedInputStream(socket.getInputStream()));
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
    for (int i = 0; i < INFORMATIONAL_MAX; i++) {
      int status = status(line(in));
      Map<String, String> headers = headers(in);
      if (status >= 200) {
        return new Answer(status, headers, status == 204 || status == 304 ? "" : said(in, headers));
      }
    }
    throw new IOException("only informational answers came");
  }

  private static int status(String line) throws IOException {
    String[] parts = line.split(" ", 3);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5][0-9]{2}")) {
      throw new IOException("the answer is no HTTP");
    }
    return Integer.parseInt(parts[1]);
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
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
    return headers;
  }

  /** The status says whether it was taken: a body that is broken or too long says nothing more. */
  private static String said(InputStream in, Map<String, String> headers) {
    try {
      return body(in, headers);
    } catch (IOException | NumberFormatException e) {
      LOG.debug("the body of an answer can't be read", e);
      return "";
    }
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
