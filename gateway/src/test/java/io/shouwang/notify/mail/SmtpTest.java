package io.shouwang.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.shouwang.engine.ManualClock;
import io.shouwang.model.Payload;
import io.shouwang.notify.chat.Heard;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.YamlFile;
import io.shouwang.yaml.YamlSection;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Mail against GreenMail, with TLS and login, and against a server that misbehaves. */
final class SmtpTest {
  private static final String LINK = "https://help.example.org/r/AbC_d-9?a=1&b=2";
  private static final Duration LONG = Duration.ofSeconds(30);
  private static TestCertificate certificate;

  @BeforeAll
  static void certify(@TempDir Path directory) throws Exception {
    certificate = TestCertificate.make(directory);
    System.setProperty("greenmail.tls.keystore.file", certificate.store().toString());
    System.setProperty("greenmail.tls.keystore.password", TestCertificate.PASSWORD);
    System.setProperty("greenmail.tls.key.password", TestCertificate.PASSWORD);
  }

  private static ProviderKind.@Nullable Account read(
      String yaml, SSLSocketFactory tls, List<ConfigProblem> problems) {
    YamlSection section = YamlFile.read("channels.yaml", yaml, problems);
    ProviderKind.Account account =
        new SmtpKind().read(section, (of, key) -> of.word(key).map(_ -> "geheim"), tls);
    section.done();
    return account;
  }

  private static Provider open(String yaml, SSLSocketFactory tls, Duration limit) {
    List<ConfigProblem> problems = new ArrayList<>();
    ProviderKind.Account account = read(yaml, tls, problems);
    assertEquals(List.of(), problems);
    assertNotNull(account);
    return account.open(
        new ProviderKind.Surroundings(
            "mail",
            new Heard(),
            new Http(limit, null),
            new ManualClock(Instant.parse("2026-11-29T06:02:00Z")),
            new Random(1)));
  }

  private static Provider plain(int port, Duration limit) throws Exception {
    return open(
        """
        host: 127.0.0.1
        port: %d
        security: plain
        from: alarm@help.example.org
        user: gateway
        password_file: x
        """
            .formatted(port),
        certificate.trusting(),
        limit);
  }

  private static Notice notice(String address, String title, String text) {
    return new Notice(
        "a42fe321850c131684a7d.2",
        address,
        Notice.Purpose.RING,
        true,
        true,
        "zh",
        title,
        text,
        LINK,
        "",
        Map.of(),
        Payload.of(new byte[0]));
  }

  private static Notice ring() {
    return notice(
        "daughter@example.org",
        "【演练】守望：紧急呼叫 林秀英",
        "紧急呼叫：林秀英，荷花街道桃花里12号楼2单元301室。\n<script>alert(1)</script>\n" + LINK);
  }

  private static void refused(Failure failure, Verdict verdict) {
    Verdict.Refused refused = assertInstanceOf(Verdict.Refused.class, verdict);
    assertEquals(failure, refused.failure(), refused.detail());
    assertFalse(refused.detail().contains("geheim"));
    assertFalse(refused.detail().contains("daughter"), refused.detail());
  }

  @Test
  void over_tls_with_a_login_chinese_arrives_whole_and_the_same_key_is_the_same_mail()
      throws Exception {
    GreenMail mail =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS))
            .withConfiguration(
                GreenMailConfiguration.aConfig().withUser("gateway", "gateway", "geheim"));
    mail.start();
    try (Provider provider =
        open(
            """
            host: 127.0.0.1
            port: %d
            security: tls
            from: alarm@help.example.org
            reply_to: desk@help.example.org
            user: gateway
            password_file: x
            """
                .formatted(mail.getSmtps().getPort()),
            certificate.trusting(),
            LONG)) {
      assertEquals(List.of(), provider.problems());
      assertEquals(new Verdict.Accepted("a42fe321850c131684a7d.2"), provider.submit(ring()));
      assertInstanceOf(Verdict.Accepted.class, provider.submit(ring()));
      MimeMessage[] got = mail.getReceivedMessages();
      assertEquals(2, got.length);
      MimeMessage first = got[0];
      assertEquals("【演练】守望：紧急呼叫 林秀英", first.getSubject());
      assertEquals("<a42fe321850c131684a7d.2@help.example.org>", first.getMessageID());
      assertEquals(first.getMessageID(), got[1].getMessageID());
      assertEquals("alarm@help.example.org", first.getFrom()[0].toString());
      assertEquals("desk@help.example.org", first.getReplyTo()[0].toString());
      assertEquals("daughter@example.org", first.getAllRecipients()[0].toString());
      assertEquals(Instant.parse("2026-11-29T06:02:00Z"), first.getSentDate().toInstant());
      assertEquals("auto-generated", first.getHeader("Auto-Submitted", null));
      assertEquals("1", first.getHeader("X-Priority", null));
      MimeMultipart parts = (MimeMultipart) first.getContent();
      String plain = (String) parts.getBodyPart(0).getContent();
      String html = (String) parts.getBodyPart(1).getContent();
      assertTrue(plain.contains("桃花里12号楼2单元301室") && plain.contains(LINK), plain);
      assertTrue(
          html.contains("href=\"https://help.example.org/r/AbC_d-9?a=1&amp;b=2\"")
              && html.contains("打开并答复")
              && html.contains("&lt;script&gt;")
              && !html.contains("<script>"),
          html);
      assertTrue(parts.getBodyPart(0).isMimeType("text/plain"));
      assertTrue(parts.getBodyPart(1).isMimeType("text/html"));
    } finally {
      mail.stop();
    }
  }

  @Test
  void a_certificate_that_nobody_vouches_for_or_another_name_gets_no_mail() throws Exception {
    try (MailFake fake = new MailFake(certificate.context())) {
      SSLSocketFactory publicTrust = (SSLSocketFactory) SSLSocketFactory.getDefault();
      String yaml =
          """
          host: %s
          port: %d
          security: starttls
          from: alarm@help.example.org
          user: gateway
          password_file: x
          """;
      try (Provider unknown = open(yaml.formatted("127.0.0.1", fake.port()), publicTrust, LONG)) {
        refused(Failure.MISCONFIGURED, unknown.submit(ring()));
      }
      try (Provider misnamed =
          open(yaml.formatted("localhost", fake.port()), certificate.trusting(), LONG)) {
        refused(Failure.MISCONFIGURED, misnamed.submit(ring()));
      }
      assertTrue(
          fake.heard.stream().noneMatch(line -> line.startsWith("AUTH")),
          "no password before the server has proved itself");
      try (Provider good =
          open(yaml.formatted("127.0.0.1", fake.port()), certificate.trusting(), LONG)) {
        assertInstanceOf(Verdict.Accepted.class, good.submit(ring()));
      }
      assertTrue(fake.heard.indexOf("STARTTLS") < fake.heard.size() - 1);
      assertTrue(fake.heard.stream().anyMatch(line -> line.startsWith("AUTH PLAIN")));
    }
  }

  @Test
  void a_server_without_starttls_gets_neither_password_nor_mail() throws Exception {
    try (MailFake fake = new MailFake(null);
        Provider provider =
            open(
                """
                host: 127.0.0.1
                port: %d
                security: starttls
                from: alarm@help.example.org
                user: gateway
                password_file: x
                """
                    .formatted(fake.port()),
                certificate.trusting(),
                LONG)) {
      refused(Failure.MISCONFIGURED, provider.submit(ring()));
      assertTrue(fake.heard.stream().noneMatch(line -> line.matches("(AUTH|MAIL).*")));
    }
  }

  /** What a server says, to which command, and what it means. */
  private record Case(String to, String reply, Failure means) {}

  @TestFactory
  Stream<DynamicTest> each_reply_means_something() {
    return Stream.of(
            new Case("greeting", "421 4.3.2 busy", Failure.BUSY),
            new Case("greeting", "554 5.7.1 your address is listed", Failure.MISCONFIGURED),
            new Case("greeting", MailFake.DROP, Failure.UNREACHABLE),
            new Case("AUTH", "535 5.7.8 no", Failure.MISCONFIGURED),
            new Case("AUTH", "454 4.7.0 later", Failure.BUSY),
            new Case("MAIL", "451 4.3.0 trouble", Failure.BROKEN),
            new Case("MAIL", "553 5.7.1 not your address", Failure.MISCONFIGURED),
            new Case("MAIL", MailFake.DROP, Failure.UNREACHABLE),
            new Case("RCPT", "550 5.1.1 <daughter@example.org> unknown", Failure.NO_SUCH_ADDRESS),
            new Case("RCPT", "550 no such user", Failure.NO_SUCH_ADDRESS),
            new Case("RCPT", "550 5.7.1 we do not like you", Failure.REFUSED),
            new Case("RCPT", "450 4.2.0 grey-listed", Failure.BUSY),
            new Case("RCPT", "452 4.5.3 too many", Failure.BUSY),
            new Case("RCPT", "552 5.2.2 mailbox full", Failure.REFUSED),
            new Case("RCPT", "530 5.7.0 log in first", Failure.MISCONFIGURED),
            new Case("DATA", "554 5.5.1 no", Failure.REFUSED),
            new Case("DATA", "451 4.3.0 disk", Failure.BROKEN),
            new Case("dot", "554 5.7.1 looks like spam", Failure.REFUSED),
            new Case("dot", "552 5.3.4 too big", Failure.REFUSED),
            new Case("dot", "452 4.3.1 no room", Failure.BUSY),
            new Case("dot", MailFake.DROP, Failure.TIMED_OUT),
            new Case("line", MailFake.DROP, Failure.TIMED_OUT))
        .map(each ->
            DynamicTest.dynamicTest(
                each.to() + " " + each.reply(),
                () -> {
                  try (MailFake fake = new MailFake(null);
                      Provider provider = plain(fake.port(), LONG)) {
                    fake.says.put(each.to(), each.reply());
                    refused(each.means(), provider.submit(ring()));
                    fake.says.clear();
                    assertInstanceOf(Verdict.Accepted.class, provider.submit(ring()));
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> whoever_hangs_or_drips_is_left_when_time_is_up() {
    return Stream.of("greeting", "EHLO", "AUTH", "RCPT", "dot")
        .flatMap(word -> Stream.of(MailFake.HANG, MailFake.DRIP).map(how -> List.of(word, how)))
        .map(each ->
            DynamicTest.dynamicTest(
                each.toString(),
                () -> {
                  try (MailFake fake = new MailFake(null);
                      Provider provider = plain(fake.port(), Duration.ofSeconds(1))) {
                    fake.says.put(each.getFirst(), each.getLast());
                    refused(Failure.TIMED_OUT, provider.submit(ring()));
                  }
                }));
  }

  @Test
  void nothing_in_a_field_becomes_a_header_or_a_command() throws Exception {
    try (MailFake fake = new MailFake(null);
        Provider provider = plain(fake.port(), LONG)) {
      for (String address :
          List.of(
              "a@example.org\r\nRCPT TO:<evil@example.org>",
              "a@example.org, evil@example.org",
              "a@example.org>\r\nDATA",
              "\"a b\"@example.org",
              "Evil <a@example.org>",
              "a@exa mple.org",
              "a@[127.0.0.1]",
              "a@-.org",
              "no-at-sign",
              "@example.org",
              "a..b@example.org",
              "x".repeat(65) + "@example.org",
              "")) {
        refused(Failure.NO_SUCH_ADDRESS, provider.submit(notice(address, "title", "text")));
      }
      assertEquals(List.of(), fake.heard, "nobody was even called");
      assertInstanceOf(
          Verdict.Accepted.class,
          provider.submit(
              notice(
                  "daughter@例子.中国",
                  "line\r\nBcc: evil@example.org\r\n\r\nbody \u2028x",
                  "text\r\n.\r\nMAIL FROM:<evil@example.org>\r\n")));
      assertTrue(fake.commands.contains("RCPT TO:<daughter@xn--fsqu00a.xn--fiqs8s>"));
      assertTrue(fake.heard.stream().noneMatch(line -> line.startsWith("Bcc")), "one subject");
      assertEquals(1, fake.commands.stream().filter(line -> line.startsWith("MAIL")).count());
    }
  }

  @Test
  void a_line_of_one_dot_does_not_end_a_message() throws Exception {
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    mail.setUser("gateway", "gateway", "geheim");
    try (Provider provider = plain(mail.getSmtp().getPort(), LONG)) {
      assertInstanceOf(
          Verdict.Accepted.class,
          provider.submit(notice("daughter@example.org", "t", "before\n.\nafter")));
      MimeMultipart parts = (MimeMultipart) mail.getReceivedMessages()[0].getContent();
      String text = GreenMailUtil.getBody(parts.getBodyPart(0)).replace("\r", "");
      assertTrue(text.contains("before\n.\nafter"), text);
    } finally {
      mail.stop();
    }
  }

  @Test
  void only_a_ring_is_pressing_and_english_readers_read_english() throws Exception {
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    mail.setUser("gateway", "gateway", "geheim");
    try (Provider provider = plain(mail.getSmtp().getPort(), LONG)) {
      Notice ring = ring();
      Notice news =
          new Notice(
              "a\r\nBcc: x",
              ring.address(),
              Notice.Purpose.NEWS,
              true,
              false,
              "en",
              "Shouwang: fall",
              "It is over.",
              "javascript:alert(1)",
              "",
              Map.of(),
              Payload.of(new byte[0]));
      assertInstanceOf(Verdict.Accepted.class, provider.submit(news));
      MimeMessage got = mail.getReceivedMessages()[0];
      assertEquals(null, got.getHeader("X-Priority"));
      assertEquals(null, got.getHeader("Bcc"));
      assertTrue(got.getMessageID().matches("<[0-9a-f-]{36}@help\\.example\\.org>"));
      String html = (String) ((MimeMultipart) got.getContent()).getBodyPart(1).getContent();
      assertFalse(html.contains("javascript") || html.contains("href"), html);
      assertEquals("en", got.getHeader("Content-Language", null));
    } finally {
      mail.stop();
    }
  }

  @Test
  void mistakes_in_the_settings_are_said_with_their_remedy() {
    record Wrong(String yaml, String said) {}
    for (Wrong wrong :
        List.of(
            new Wrong("host: smtp.example.org\n", "from is missing"),
            new Wrong("from: a@example.org\n", "host is"),
            new Wrong("host: h\nfrom: no\n", "one address"),
            new Wrong("host: h\nfrom: a@b.org\nsecurity: plain\n", "allow_plain"),
            new Wrong("host: h\nfrom: a@b.org\nsecurity: ssl\n", "write tls"),
            new Wrong("host: 'h:25'\nfrom: a@b.org, c@d.org\n", "one address"),
            new Wrong("host: h\nfrom: a@b.org\npassword_file: x\n", "user is missing"),
            new Wrong(
                "host: h\nfrom: a@b.org\nuser: \"a\\r\\nb\"\npassword_file: x\n", "control"))) {
      List<ConfigProblem> problems = new ArrayList<>();
      SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
      assertEquals(null, read(wrong.yaml(), tls, problems), wrong.yaml());
      assertTrue(problems.toString().contains(wrong.said()), problems.toString());
    }
  }
}
