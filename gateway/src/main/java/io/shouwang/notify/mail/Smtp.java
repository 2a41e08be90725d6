package io.shouwang.notify.mail;

import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to a mail server, each over a connection of its own. The time limit holds for the
 * whole exchange: a server that says a little now and then keeps each read's limit, not this one.
 */
final class Smtp implements Provider {
  private static final Logger LOG = LoggerFactory.getLogger(Smtp.class);

  private final ProviderKind.Surroundings surroundings;
  private final MailServer server;
  private final MailAddress from;
  private final @Nullable MailAddress replyTo;
  private final @Nullable MailAddress onlyTo;
  private final List<Quota> quotas;
  private final SSLSocketFactory tls;
  private final Duration limit;

  Smtp(
      ProviderKind.Surroundings surroundings,
      MailServer server,
      MailAddress from,
      @Nullable MailAddress replyTo,
      @Nullable MailAddress onlyTo,
      List<Quota> quotas,
      SSLSocketFactory tls) {
    this.surroundings = surroundings;
    this.server = server;
    this.from = from;
    this.replyTo = replyTo;
    this.onlyTo = onlyTo;
    this.quotas = quotas;
    this.tls = tls;
    this.limit = surroundings.http().limit();
  }

  @Override
  public String name() {
    return surroundings.name();
  }

  @Override
  public Audience audience() {
    return Audience.PERSON;
  }

  @Override
  public List<Quota> quotas() {
    return quotas;
  }

  @Override
  public Verdict submit(Notice notice) {
    Optional<MailAddress> to =
        notice.address().isEmpty()
            ? Optional.ofNullable(onlyTo)
            : MailAddress.parse(notice.address());
    if (to.isEmpty()) {
      return new Verdict.Refused(Failure.NO_SUCH_ADDRESS, "the address is no mail address");
    }
    Optional<Verdict.Refused> refused = exchange(Optional.of(notice), to.get());
    return refused.isPresent() ? refused.get() : new Verdict.Accepted(notice.key());
  }

  @Override
  public List<String> problems() {
    return exchange(Optional.empty(), from)
        .map(refused -> List.of(server + ": " + refused.detail()))
        .orElse(List.of());
  }

  /** Connects, logs in, sends if there is something; empty if all went well. */
  private Optional<Verdict.Refused> exchange(Optional<Notice> notice, MailAddress to) {
    Session session = Session.getInstance(properties(), null);
    Optional<Verdict.Refused> result = Optional.empty();
    try (Line line = new Line(limit);
        SMTPTransport transport = new SMTPTransport(session, url())) {
      result = exchange(notice, to, session, transport, line);
    } catch (MessagingException | IOException e) {
      // How the line goes down changes nothing of what was said on it.
      LOG.debug("{} closed badly: {}", server, e.getClass().getSimpleName());
    }
    return result;
  }

  private Optional<Verdict.Refused> exchange(
      Optional<Notice> notice,
      MailAddress to,
      Session session,
      SMTPTransport transport,
      Line line) {
    Letter letter = null;
    try {
      transport.connect(connected(line));
      if (notice.isPresent()) {
        letter = Letter.of(notice.get(), from, replyTo, to, surroundings.clock().wall(), session);
        transport.sendMessage(letter, new Address[] {new InternetAddress(to.toString(), true)});
      }
      return Optional.empty();
    } catch (MessagingException | IOException e) {
      boolean isUnderWay = letter != null && letter.isUnderWay();
      return Optional.of(refused(e, line.wasCut(), isUnderWay, transport));
    }
  }

  private Properties properties() {
    Properties properties = server.properties();
    properties.put("mail.smtp.ssl.socketFactory", tls);
    return properties;
  }

  private URLName url() {
    return new URLName(
        "smtp",
        server.host(),
        server.port(),
        null,
        server.user().isEmpty() ? null : server.user(),
        server.user().isEmpty() ? null : server.password());
  }

  /** The certificate is checked for the configured name: the address carries it, so nobody asks. */
  private Socket connected(Line raw) throws IOException {
    int millis = (int) limit.toMillis();
    InetAddress found = InetAddress.getByName(server.host());
    InetAddress named = InetAddress.getByAddress(server.host(), found.getAddress());
    raw.connect(new InetSocketAddress(named, server.port()), millis);
    raw.setSoTimeout(millis);
    if (server.security() != MailServer.Security.TLS) {
      return raw;
    }
    SSLSocket socket = (SSLSocket) tls.createSocket(raw, server.host(), server.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** What went wrong, from the surest sign to the least. */
  private Verdict.Refused refused(
      Exception failed, boolean cut, boolean isUnderWay, SMTPTransport transport) {
    int last = transport.getLastReturnCode();
    if (cut || chain(failed).stream().anyMatch(SocketTimeoutException.class::isInstance)) {
      return new Verdict.Refused(Failure.TIMED_OUT, "no whole answer in time");
    }
    for (Throwable e : chain(failed)) {
      if (e instanceof SMTPAddressFailedException address) {
        return refused(SmtpReply.Phase.RECIPIENT, address.getReturnCode(), transport);
      }
      if (e instanceof SMTPSenderFailedException sender) {
        return refused(SmtpReply.Phase.SENDER, sender.getReturnCode(), transport);
      }
    }
    if (failed instanceof SMTPSendFailedException sending && sending.getReturnCode() >= 400) {
      return refused(SmtpReply.Phase.DATA, sending.getReturnCode(), transport);
    }
    if (failed instanceof AuthenticationFailedException) {
      return last >= 400
          ? refused(SmtpReply.Phase.LOGIN, last, transport)
          : new Verdict.Refused(Failure.MISCONFIGURED, "it takes no login that we know");
    }
    if (chain(failed).stream().anyMatch(SSLException.class::isInstance)) {
      return new Verdict.Refused(
          Failure.MISCONFIGURED, "its certificate, name or encryption is not to be trusted");
    }
    if (last >= 400) {
      return refused(SmtpReply.Phase.CONNECT, last, transport);
    }
    if (isUnderWay) {
      return new Verdict.Refused(Failure.TIMED_OUT, "the line broke within the message");
    }
    if (failed instanceof MessagingException && chain(failed).size() == 1 && last > 0) {
      boolean starts = server.security() == MailServer.Security.STARTTLS;
      return starts && !transport.isSSL()
          ? new Verdict.Refused(Failure.MISCONFIGURED, "it offers no STARTTLS")
          : new Verdict.Refused(Failure.UNREACHABLE, "the line broke");
    }
    return new Verdict.Refused(Failure.UNREACHABLE, "no connection, or it broke");
  }

  private static Verdict.Refused refused(SmtpReply.Phase phase, int code, SMTPTransport transport) {
    String said = Optional.ofNullable(transport.getLastServerResponse()).orElse("");
    return new Verdict.Refused(SmtpReply.failure(phase, code, said), "SMTP " + words(code, said));
  }

  /** The code, and the enhanced one: the words may name the person (P8). */
  private static String words(int code, String said) {
    return code + SmtpReply.enhanced(said).map(more -> " " + more).orElse("");
  }

  private static List<Throwable> chain(Exception failed) {
    List<Throwable> all = new ArrayList<>();
    Throwable next = failed;
    while (next != null && all.size() < 10) {
      all.add(next);
      Throwable inner =
          next instanceof MessagingException messaging ? messaging.getNextException() : null;
      next = inner == null ? next.getCause() : inner;
    }
    return all;
  }

  @Override
  public void close() {}
}
