package io.shouwang.notify.aliyun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PackedKeyTest {

  @Test
  void a_key_survives_fifteen_bytes() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] id = new byte[10];
      random.nextBytes(id);
      String key = "a" + HexFormat.of().formatHex(id) + "." + (1 + random.nextInt(1_023));
      String packed = PackedKey.pack(key).orElseThrow();
      assertTrue(packed.matches("[A-Za-z0-9_-]{15}"), packed);
      assertEquals(Optional.of(key), PackedKey.unpack(packed));
    }
    for (String edge : List.of("a" + "0".repeat(20) + ".1", "a" + "f".repeat(20) + ".1023")) {
      assertEquals(Optional.of(edge), PackedKey.pack(edge).flatMap(PackedKey::unpack));
    }
  }

  @Test
  void what_does_not_fit_does_not_travel() {
    for (String key :
        List.of(
            "A-17.3",
            "test.4711",
            "a42fe321850c131684a7d.1024",
            "a42fe321850c131684a7d.0",
            "a42fe321850c131684a7.1",
            "A42FE321850C131684A7D.1")) {
      assertEquals(Optional.empty(), PackedKey.pack(key), key);
    }
  }

  @Test
  void what_others_wrote_is_no_key() {
    for (String other :
        List.of(
            "", "PR0210428", "A".repeat(15), "A".repeat(16), "PROD#2021042810", "一".repeat(15))) {
      assertEquals(Optional.empty(), PackedKey.unpack(other), other);
    }
  }
}
