package io.shouwang.notify.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlatXmlTest {

  @Test
  void texts_are_read_by_name_and_what_lies_deeper_is_passed_over() {
    assertEquals(
        Optional.of(Map.of("A", "x<y", "B", "17", "S", "")),
        FlatXml.read("<xml><A><![CDATA[x<y]]></A><B>17</B><S><I>no</I></S><A>later</A></xml>"));
  }

  @Test
  void no_file_is_read_and_no_entity_grows(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "the secret");
    for (String hostile :
        new String[] {
          "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><xml><A>&e;</A></xml>",
          "<!DOCTYPE x [<!ENTITY e \"ha\"><!ENTITY f \"&e;&e;\">]><xml><A>&f;</A></xml>",
          "<!DOCTYPE x SYSTEM \"" + secret.toUri() + "\"><xml><A>a</A></xml>",
          "<xml><A>&e;</A></xml>",
          "<xml><A>",
          "",
          "<a>".repeat(50),
          "<xml>" + "<A/>".repeat(300) + "</xml>",
          "<xml><A>" + "a".repeat(70_000) + "</A></xml>"
        }) {
      assertEquals(Optional.empty(), FlatXml.read(hostile), hostile);
    }
  }
}
