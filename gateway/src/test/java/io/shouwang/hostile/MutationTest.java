package io.shouwang.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Valid conversations, changed at random: no crash, no fault, nobody else hurt, nothing leaked. */
final class MutationTest {
  private static final int ROUNDS = Boolean.getBoolean("full") ? 20_000 : 1_000;

  @TempDir Path folder;

  private static long seed() {
    String given = System.getProperty("seed", "");
    long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    System.out.println("MutationTest seed " + seed);
    return seed;
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(4); i >= 0 && changed.length > 1; i--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(6)) {
        case 0 -> changed[at] = (byte) random.nextInt(256);
        case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> changed = java.util.Arrays.copyOf(changed, at + 1);
        case 3 -> {
          byte[] head = java.util.Arrays.copyOf(changed, at);
          byte[] tail = java.util.Arrays.copyOfRange(changed, at, changed.length);
          byte[] more = new byte[random.nextInt(8)];
          random.nextBytes(more);
          changed = Peer.join(head, more, tail);
        }
        case 4 -> {
          int to = at + random.nextInt(changed.length - at);
          changed =
              Peer.join(
                  java.util.Arrays.copyOf(changed, at),
                  java.util.Arrays.copyOfRange(changed, to, changed.length));
        }
        default ->
            changed[at] = "{}[]\",:\\0-.eE/+#$\0\n".getBytes(StandardCharsets.UTF_8)[at % 19];
      }
    }
    return changed;
  }

  private static List<byte[]> conversation(Peer peer, String secret) {
    byte[] payload =
        "{\"id\":\"1\",\"at\":1766000000000,\"location\":{\"lat\":32.1,\"lon\":119.4}}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] many = "[{\"heart_rate_bpm\":70},{\"steps\":1e3}]".getBytes(StandardCharsets.UTF_8);
    return new ArrayList<>(
        List.of(
            peer.hello(
                "button-1",
                "button-1",
                secret,
                new Peer.Will("v1/devices/button-1/status", "{\"online\":false}")),
            peer.subscribing(1, "v1/devices/button-1/down"),
            peer.publishing(2, "v1/devices/button-1/sos", 2, payload),
            peer.publishing(2, "v1/devices/button-1/vitals", 3, many),
            peer.publishing(0, "v1/devices/button-1/location", 0, payload),
            Peer.octets(0xc0, 0)));
  }

  private static final String REQUEST =
      """
      POST /api/v1/devices/button-1/events/sos HTTP/1.1\r
      Host: localhost\r
      AUTHORIZATION\r
      Content-Type: application/json\r
      Content-Length: 12\r
      Connection: close\r
      \r
      {"id":"abc"}\
      """;

  private static void speakMqtt(Town town, Random random) throws IOException {
    MqttVersion version = random.nextBoolean() ? MqttVersion.V5 : MqttVersion.V3_1_1;
    try (Peer peer = Peer.open(town.mqttPort(), version)) {
      List<byte[]> packets = conversation(peer, town.secret(Town.BUTTON));
      int victim = random.nextInt(packets.size());
      packets.set(victim, mutated(packets.get(victim), random));
      peer.send(Peer.join(packets.toArray(byte[][]::new)));
      if (random.nextBoolean()) {
        peer.vanish();
      } else {
        peer.isClosedWithin(1 + random.nextInt(5));
      }
    }
  }

  private static void speakHttp(Town town, Random random) throws IOException {
    String request =
        REQUEST.replace("AUTHORIZATION", Http.basic(Town.BUTTON, town.secret(Town.BUTTON)));
    try (Http http = Http.open(town.httpPort())) {
      http.send(mutated(request.getBytes(StandardCharsets.UTF_8), random));
      if (random.nextBoolean()) {
        http.send("\r\n\r\n}");
      }
    }
  }

  @Test
  void nothingThatIsSaidAmissHurtsTheGatewayOrAnybodyElse() throws Exception {
    Random random = new Random(seed());
    try (Town town = Town.open(folder);
        Peer good = town.connects(MqttVersion.V5, Town.OTHER_BUTTON)) {
      for (int round = 0; round < ROUNDS; round++) {
        if (random.nextInt(4) == 0) {
          speakHttp(town, random);
        } else {
          speakMqtt(town, random);
        }
        if (round % 100 == 0) {
          good.mustPublish("v1/devices/button-2/status", round % 60_000 + 1, "{}");
        }
      }
      Town.await("all are gone", () -> town.metric("shouwang_mqtt_connections") == 1);
      good.mustPublish("v1/devices/button-2/status", 60_001, "{}");
      assertEquals(0, town.metric("shouwang_mqtt_strangers"));
      assertEquals(0, town.metric("shouwang_mqtt_held_bytes"));
      assertEquals(0, town.metric("shouwang_mqtt_faults_total"));
      assertEquals(0, town.metric("shouwang_inputs_undecided"));
      assertEquals(0, town.metric("shouwang_alerts_silent"));
      assertTrue(town.isAlive());
    }
  }
}
