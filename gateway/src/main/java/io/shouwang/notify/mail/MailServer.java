package io.shouwang.notify.mail;

import java.util.Locale;
import java.util.Properties;

/**
 * The mail server that takes what we send.
 *
 * @param user empty for a server that knows us by our address
 * @param password empty without a user
 * @param hello what we call ourselves (RFC 5321, 4.1.1.1)
 */
record MailServer(
    String host, int port, Security security, String user, String password, String hello) {

  /** How the connection is kept from others. */
  enum Security {
    /** TLS from the first byte (RFC 8314): port 465. */
    TLS,
    /** TLS before anything is said (RFC 3207), and nothing without it: port 587 or 25. */
    STARTTLS,
    /** None: within this machine, or where an operator allowed it. */
    PLAIN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As the mail library wants it; its own time limits are the socket's. */
  Properties properties() {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", host);
    properties.put("mail.smtp.port", Integer.toString(port));
    properties.put("mail.smtp.localhost", hello);
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.auth", Boolean.toString(!user.isEmpty()));
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    boolean starts = security == Security.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(starts));
    properties.put("mail.smtp.starttls.required", Boolean.toString(starts));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    return properties;
  }

  @Override
  public String toString() {
    return host + ":" + port; // never the password
  }
}
