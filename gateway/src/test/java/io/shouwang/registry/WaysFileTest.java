package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One day is written into an operator's file, and nothing else of it changes. */
final class WaysFileTest {
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");

  @TempDir private Path directory;

  private Path put(String text) throws IOException {
    return Files.writeString(directory.resolve("ways.csv"), text);
  }

  private WaysFile read() throws IOException {
    return WaysFile.read(directory);
  }

  @Test
  void only_the_day_of_the_row_is_written() throws IOException {
    Path file =
        put(
            ("\ufeff"
                    + """
                    responder,channel,address,after,verified~
                    anna,"sms","138 0000 0000","40s",~
                    ~
                    anna,mail,"a, ""b""
                    ",, 2025-01-01 ~
                    bea, sms ,+8613900000000,40s,""\
                    """)
                .replace("~", "\r"));
    WaysFile ways = read();
    assertEquals(
        List.of("2 anna sms +8613800000000", "4 anna mail a, \"b\"", "6 bea sms +8613900000000"),
        ways.rows().stream()
            .map(r -> r.line() + " " + r.responder() + " " + r.channel() + " " + r.address())
            .toList());
    assertEquals(
        List.of(false, true, false), ways.rows().stream().map(r -> r.isVerified()).toList());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    String before = Files.readString(file);
    ways.verify(ways.rows().get(2), DAY);
    assertEquals(before.substring(0, before.length() - 2) + "2026-03-01", Files.readString(file));
    ways.verify(ways.rows().get(0), DAY);
    assertEquals(
        before
            .replace("\"40s\",\r\n", "\"40s\",2026-03-01\r\n")
            .replace("40s,\"\"", "40s,2026-03-01"),
        Files.readString(file));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(1, left.count(), "nothing unfinished is left");
    }
  }

  @Test
  void what_was_edited_meanwhile_is_kept_and_a_row_that_is_gone_is_said() throws IOException {
    Path file = put("responder,channel,address,verified\nanna,sms,+8613800000000,\n");
    WaysFile ways = read();
    Files.writeString(
        file, "responder,verified,channel,address\nbea,,mail,b@x\nanna,,sms,+8613800000000\n");
    ways.verify(ways.rows().getFirst(), DAY);
    assertEquals(
        "responder,verified,channel,address\nbea,,mail,b@x\nanna,2026-03-01,sms,+8613800000000\n",
        Files.readString(file));
    Files.writeString(file, "responder,channel,address,verified\nanna,sms,+8613900000000,\n");
    assertThrows(IOException.class, () -> ways.verify(ways.rows().getFirst(), DAY));
    assertEquals(
        "responder,channel,address,verified\nanna,sms,+8613900000000,\n", Files.readString(file));
  }

  @Test
  void a_file_without_the_column_or_none_at_all_is_no_trouble_to_read() throws IOException {
    assertEquals(List.of(), read().rows());
    put("responder,channel\nanna,sms\nbea,mqtt");
    assertFalse(read().hasVerified());
    assertFalse(read().rows().getFirst().isVerified());
    assertTrue(read().rows().get(1).isVerified(), "with us they show their own secret");
    assertThrows(IOException.class, () -> read().verify(read().rows().getFirst(), DAY));
  }

  @Test
  void a_link_to_the_file_stays_one() throws IOException {
    Path real = directory.resolve("real.csv");
    Files.write(
        real,
        "responder,channel,address,verified\nanna,sms,+8613800000000,\n"
            .getBytes(StandardCharsets.UTF_8));
    Files.createSymbolicLink(directory.resolve("ways.csv"), real);
    read().verify(read().rows().getFirst(), DAY);
    assertTrue(Files.isSymbolicLink(directory.resolve("ways.csv")));
    assertTrue(Files.readString(real).endsWith(",2026-03-01\n"));
  }
}
