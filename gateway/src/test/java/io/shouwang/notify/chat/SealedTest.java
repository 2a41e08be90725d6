package io.shouwang.notify.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sample that Tencent publishes with its callback libraries. */
public final class SealedTest {
  public static final String TOKEN = "QDG6eK";
  public static final String KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
  public static final String CORPORATION = "wx5823bf96d3bd56c7";
  public static final String ECHO =
      "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==";
  private static final String MESSAGE =
      "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUp"
          + "j911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xg"
          + "pue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+K"
          + "qCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4X"
          + "XZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIG"
          + "HBZZIs2pDBS8R07+qN+E7Q==";

  @Test
  void the_published_echo_opens() {
    assertEquals(
        Optional.of("1616140317555161061"),
        new Sealed(TOKEN, KEY, CORPORATION)
            .open("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780", ECHO));
  }

  @Test
  void the_published_message_opens() {
    String opened =
        new Sealed(TOKEN, KEY, CORPORATION)
            .open("477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149", MESSAGE)
            .orElseThrow();
    assertEquals("mycreate", FlatXml.read(opened).orElseThrow().get("FromUserName"));
    assertEquals("hello", FlatXml.read(opened).orElseThrow().get("Content"));
  }

  @Test
  void what_differs_anywhere_stays_shut() {
    Sealed sealed = new Sealed(TOKEN, KEY, CORPORATION);
    String signature = "477715d11cdb4164915debcba66cb864d751f3e6";
    assertEquals(
        Optional.empty(), sealed.open(signature, "1409659814", "1372623149", MESSAGE), "time");
    assertEquals(
        Optional.empty(), sealed.open(signature, "1409659813", "1372623148", MESSAGE), "nonce");
    assertEquals(Optional.empty(), sealed.open("", "1409659813", "1372623149", MESSAGE), "none");
    assertEquals(
        Optional.empty(),
        new Sealed(TOKEN, KEY, "wx5823bf96d3bd56c8")
            .open(signature, "1409659813", "1372623149", MESSAGE),
        "for another corporation");
    assertEquals(
        Optional.empty(),
        new Sealed("QDG6eL", KEY, CORPORATION).open(signature, "1409659813", "1372623149", MESSAGE),
        "another token");
  }

  @Test
  void signed_rubbish_is_no_message_and_no_error() {
    Sealed sealed = new Sealed(TOKEN, KEY, CORPORATION);
    for (String rubbish : new String[] {"", "A", "AAAA", "!", ECHO.substring(4), ECHO + "AAAA"}) {
      assertEquals(
          Optional.empty(),
          sealed.open(Seal.signature(TOKEN, "1", "2", rubbish), "1", "2", rubbish),
          rubbish);
    }
  }
}
