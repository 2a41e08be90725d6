package io.shouwang.notify.mail;

import io.shouwang.notify.provider.Notice;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message as mail (RFC 5322): text, and the same as simple HTML with the link as a button. Its
 * id is the delivery's key, so that the same one sent again is the same mail; those of one alert
 * lie in one thread.
 */
final class Letter extends MimeMessage {
  private static final int SUBJECT_MAX = 150;
  private static final int TEXT_MAX = 20_000;
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final String id;
  private boolean underWay;

  private Letter(Session session, String id) {
    super(session);
    this.id = id;
  }

  /**
   * Writes it.
   *
   * @param replyTo null for the sender itself
   * @param now for the date
   */
  static Letter of(
      Notice notice,
      MailAddress from,
      @Nullable MailAddress replyTo,
      MailAddress to,
      Instant now,
      Session session)
      throws MessagingException {
    Letter letter = new Letter(session, "<" + word(notice.key()) + "@" + from.domain() + ">");
    letter.setFrom(new InternetAddress(from.toString(), true));
    if (replyTo != null) {
      letter.setReplyTo(new InternetAddress[] {new InternetAddress(replyTo.toString(), true)});
    }
    letter.setRecipient(Message.RecipientType.TO, new InternetAddress(to.toString(), true));
    letter.setSubject(cut(line(notice.title()), SUBJECT_MAX), UTF_8);
    letter.setSentDate(Date.from(now));
    letter.setHeader("Content-Language", notice.language().equals("en") ? "en" : "zh-CN");
    // RFC 3834: nobody's "I'm away" answers a gateway.
    letter.setHeader("Auto-Submitted", "auto-generated");
    letter.setHeader("X-Auto-Response-Suppress", "All");
    int dot = notice.key().lastIndexOf('.');
    if (dot > 0) {
      String thread = word(notice.key().substring(0, dot));
      letter.setHeader("References", "<" + thread + ".thread@" + from.domain() + ">");
    }
    if (notice.urgent() && notice.purpose() == Notice.Purpose.RING) {
      letter.setHeader("X-Priority", "1");
      letter.setHeader("Importance", "high");
    }
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(cut(text(notice.text()), TEXT_MAX), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(html(notice), UTF_8, "html");
    letter.setContent(new MimeMultipart("alternative", plain, html));
    letter.saveChanges();
    return letter;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  /** Whether the server has begun to be given it: from then on it may have it. */
  boolean isUnderWay() {
    return underWay;
  }

  @Override
  public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
    underWay = true;
    super.writeTo(out, ignored);
  }

  /** What may stand left of an id's at: the key itself, or a name derived from it. */
  private static String word(String key) {
    return key.matches("[A-Za-z0-9_-]{1,80}(\\.[A-Za-z0-9_-]{1,80})*") && key.length() <= 120
        ? key
        : UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String html(Notice notice) {
    boolean isEnglish = notice.language().equals("en");
    String link = notice.link();
    boolean hasButton = link.matches("https?://[^\\s]+");
    String lines =
        text(notice.text())
            .lines()
            .filter(line -> !hasButton || !line.strip().equals(link))
            .map(Letter::escaped)
            .collect(Collectors.joining("<br>\n"));
    String button =
        hasButton
            ? """
            <p><a href="%s" style="display:inline-block;padding:14px 28px;background:#b00020;\
            color:#ffffff;text-decoration:none;border-radius:6px;font-size:18px">%s</a></p>
            """
                .formatted(escaped(link), isEnglish ? "Open and answer" : "打开并答复")
            : "";
    return """
    <!DOCTYPE html>
    <html lang="%s"><head><meta charset="utf-8"></head>
    <body style="font-family:sans-serif;font-size:16px">
    <h2>%s</h2>
    <p>%s</p>
    %s</body></html>
    """
        .formatted(
            isEnglish ? "en" : "zh-CN",
            escaped(cut(line(notice.title()), SUBJECT_MAX)),
            cut(lines, TEXT_MAX),
            button);
  }

  /** One line, whatever was in it. */
  private static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085]+", " ").strip();
  }

  /** Lines, and nothing else that steers. */
  private static String text(String text) {
    return text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]+", " ");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean inside = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, inside ? most - 1 : most);
  }
}
