package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.shouwang.model.HomeId;
import io.shouwang.simulation.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 4180 section 2: whatever is written quoted is read back. */
class CsvQuotingTest {
  private static final String[] PIECES = {
    "\"", "\"\"", ",", "\n", "\r\n", "桃", "😀", "a", " ", "'", ";", "\t", "\\", "#", "="
  };

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = Seed.of("CsvQuotingTest").random();
    for (int round = 0; round < 300; round++) {
      List<String> addresses = new ArrayList<>();
      List<String> columns = new ArrayList<>(List.of("id", "address", "area", "access"));
      Collections.shuffle(columns, random);
      String end = random.nextBoolean() ? "\n" : "\r\n";
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
      text.append(String.join(",", columns)).append(end);
      int homes = 1 + random.nextInt(5);
      for (int i = 0; i < homes; i++) {
        String address = "a" + text(random) + "z";
        addresses.add(address);
        int number = i;
        text.append(
            String.join(
                ",",
                columns.stream()
                    .map(column ->
                        switch (column) {
                          case "id" -> "h" + (number + 1);
                          case "area" -> random.nextBoolean() ? "g" : "\"g\"";
                          default -> quoted(address, random);
                        })
                    .toList()));
        text.append(i == homes - 1 && random.nextBoolean() ? "" : end);
      }
      Registry registry =
          new TestRegistry()
              .with("homes.csv", text.toString())
              .with("elders.csv", "id,home,name\ne1,h1,Lin\n")
              .with("devices.csv", "id,type\n")
              .registry();
      assertEquals(homes, registry.counts().homes());
      for (int i = 0; i < homes; i++) {
        var home = registry.home(new HomeId("h" + (i + 1)));
        assertNotNull(home);
        assertEquals(addresses.get(i), home.address());
        assertEquals(addresses.get(i), home.access());
      }
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static String quoted(String text, Random random) {
    boolean needed = text.matches("(?s).*[\",\r\n].*");
    return needed || random.nextBoolean() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
