package io.shouwang.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bytes bent at random, in random pieces: whatever becomes of the connection, it is ours to decide.
 */
@ExtendWith(LeakWatch.class)
final class MutatedPacketsTest {

  @ParameterizedTest
  @EnumSource(Version.class)
  void reachNobodyElseAndMakeNothingFail(Version version) {
    String given = System.getProperty("seed", "");
    long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    System.out.println("MutatedPacketsTest seed " + seed);
    Random random = new Random(seed);
    int rounds = Boolean.getBoolean("full") ? 200_000 : 600;
    String why = "seed " + seed;
    try (House house = new House()) {
      house.intake.acknowledgesAtOnce();
      Client bystander = house.connects(version, "button-2");
      for (int round = 0; round < rounds; round++) {
        byte[] bytes = bent(session(version), random);
        Client client = house.opens(version);
        for (int at = 0; at < bytes.length; ) {
          int next = Math.min(bytes.length, at + 1 + random.nextInt(200));
          client.sends(Arrays.copyOfRange(bytes, at, next));
          at = next;
        }
        house.forget(client);
        house.intake.forget();
      }
      assertEquals(0, house.count("shouwang.mqtt.faults"), why);
      assertEquals(1, house.gauge("shouwang.mqtt.connections"), why);
      assertEquals(0, house.gauge("shouwang.mqtt.strangers"), why);
      int id = bystander.publishes("v1/devices/button-2/sos", "{}");
      assertTrue(bystander.acknowledged().contains(id), why);
    }
  }

  private static byte[] session(Version version) {
    List<byte[]> packets =
        List.of(
            Wire.connect(version, "button-1")
                .keep(60)
                .will(1, "v1/devices/button-1/status", "{\"online\":false}")
                .bytes(),
            Wire.subscribe(version, 1, "v1/devices/button-1/down", 1),
            Wire.publish(version, "v1/devices/button-1/sos", 2, "{\"id\":\"1\"}"),
            Wire.publish(version, "v1/devices/button-1/vitals", 3, "[{\"id\":\"1\"},{}]"),
            Wire.packet(0xc0),
            Wire.unsubscribe(version, 4, "v1/devices/button-1/down"),
            Wire.disconnect(version, 0));
    return Wire.join(packets.toArray(byte[][]::new));
  }

  private static byte[] bent(byte[] bytes, Random random) {
    byte[] bent = bytes.clone();
    for (int times = random.nextInt(5); times > 0; times--) {
      int at = random.nextInt(bent.length);
      switch (random.nextInt(4)) {
        case 0 -> bent[at] = (byte) random.nextInt(256);
        case 1 -> bent[at] ^= (byte) (1 << random.nextInt(8));
        case 2 ->
            bent =
                Wire.join(
                    Arrays.copyOf(bent, at),
                    new byte[] {(byte) random.nextInt(256)},
                    Arrays.copyOfRange(bent, at, bent.length));
        default ->
            bent =
                Wire.join(
                    Arrays.copyOf(bent, at),
                    Arrays.copyOfRange(
                        bent, Math.min(bent.length, at + 1 + random.nextInt(4)), bent.length),
                    new byte[1]);
      }
    }
    return bent;
  }
}
