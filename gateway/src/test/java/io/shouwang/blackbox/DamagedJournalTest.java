package io.shouwang.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.Main;
import io.shouwang.engine.JournalledInputs;
import io.shouwang.model.Payload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal damaged in its middle: refused by name and offset, and repaired by the command. */
class DamagedJournalTest {
  private static final int EVENTS = 20;

  @TempDir private Path directory;

  @Test
  void itIsRefusedWithFileOffsetAndRemedyAndTheRemedyWorks() throws IOException {
    Path data = directory.resolve("data");
    City city = City.write(directory.resolve("config"), 1, 1, false);
    try (GatewayProcess gateway = GatewayProcess.start(city.directory(), data)) {
      String hub = City.hub(0);
      String secret = City.secrets(data).getOrDefault(hub, "");
      try (Line line = Line.connect(gateway.mqttPort(), hub, secret)) {
        for (int i = 1; i <= EVENTS; i++) { // one after the other: a batch each
          line.publish(i, "v1/devices/" + hub + "/motion", event(i));
          line.flush();
          assertEquals(new Line.Packet.Acknowledged(i), line.read());
        }
      }
    }
    Path segment = flipABitOf(data, "\"id\":\"e10\"");

    String refusal;
    try (GatewayProcess gateway = GatewayProcess.launch(List.of(), city.directory(), data)) {
      assertEquals(1, gateway.awaitExit(Duration.ofMinutes(1)));
      refusal = gateway.errors();
    }
    assertTrue(refusal.contains(segment.toString()), refusal);
    assertTrue(refusal.contains(" at offset "), refusal);
    assertTrue(refusal.contains("scripts/gateway journal repair"), refusal);

    String[] repair = {"journal", "repair", "--data", data.toString()};
    assertEquals(1, Main.run(repair), "without --apply nothing is repaired");
    assertEquals(
        0, Main.run(Stream.concat(Stream.of(repair), Stream.of("--apply")).toArray(String[]::new)));
    GatewayProcess.start(city.directory(), data).close();
    assertEquals(9, JournalledInputs.read(data).events().size(), "all before the damage");
    assertTrue(Files.exists(segment.resolveSibling(segment.getFileName() + ".damaged")));
  }

  private static Payload event(int number) {
    return Payload.of(("{\"id\":\"e" + number + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  private static Path flipABitOf(Path data, String text) throws IOException {
    Path segment;
    try (Stream<Path> files = Files.list(data.resolve("journal"))) {
      segment = files.filter(file -> !file.endsWith("lock")).sorted().findFirst().orElseThrow();
    }
    String latin = Files.readString(segment, StandardCharsets.ISO_8859_1);
    int at = latin.indexOf(text);
    assertTrue(at > 0, "the event is in the first segment");
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(at);
      file.write(latin.charAt(at) ^ 1);
    }
    return segment;
  }
}
