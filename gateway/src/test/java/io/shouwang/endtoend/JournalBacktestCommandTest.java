package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.cli.BacktestCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An office tries other rules on what its own gateway lived through, while that runs. */
final class JournalBacktestCommandTest {
  @TempDir Path directory = Path.of("");

  private record Said(int code, String out, String err) {}

  private static Said backtest(Town town, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--config", town.config.toString()));
    all.addAll(List.of("--data", town.data.toString(), "--language", "en"));
    all.addAll(List.of(arguments));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new BacktestCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Said(code, out.toString(), err.toString());
  }

  private static void send(Town town, String device, String kind, String json) throws Exception {
    Town.Answer answer =
        town.post(
            "/api/v1/devices/" + device + "/events/" + kind,
            town.basic(device),
            json.getBytes(StandardCharsets.UTF_8));
    assertEquals(202, answer.status(), answer.toString());
  }

  private String rules(Town town, String name, String old, String with) throws Exception {
    String shipped = Files.readString(town.config.resolve("rules.yaml"));
    assertTrue(shipped.contains(old), old);
    Path file = directory.resolve(name);
    Files.writeString(file, shipped.replace(old, with));
    return file.toString();
  }

  /** A press; one battery at 12 %, another at 45 %. */
  private static void live(Town town) throws Exception {
    send(town, "demo-sos-001", "sos", "{\"id\":\"press-1\"}");
    send(town, "demo-band-003", "status", "{\"battery_pct\":12}");
    send(town, "demo-band-001", "status", "{\"battery_pct\":45}");
    assertEquals(2, town.open().size(), town.open().toString());
  }

  @Test
  void otherLimitsAreComparedAlertByAlertWhileTheGatewayRuns() throws Exception {
    try (Town town = Town.open(directory)) {
      live(town);
      String low = "battery_low_pct: 20\n  battery_fine_pct: 30";
      Said same = backtest(town, "--rules", town.config.resolve("rules.yaml").toString());
      assertEquals(0, same.code(), same.err());
      assertTrue(same.out().contains("nothing would have rung otherwise"), same.out());

      String calm = rules(town, "calm.yaml", low, "battery_low_pct: 5\n  battery_fine_pct: 30");
      Said less = backtest(town, "--rules", calm);
      assertEquals(0, less.code(), less.err());
      assertTrue(
          less.out()
              .lines()
              .anyMatch(
                  l -> l.matches("less +\\S+ h-003 low battery \\(battery_low, .*at 12 % .*")),
          less.out());
      assertTrue(less.out().lines().noneMatch(l -> l.startsWith("more ")), less.out());

      String keen = rules(town, "keen.yaml", low, "battery_low_pct: 50\n  battery_fine_pct: 60");
      Said more = backtest(town, "--rules", keen, "--json");
      assertEquals(0, more.code(), more.err());
      JsonNode changes = new ObjectMapper().readTree(more.out()).get("changes");
      assertEquals(1, changes.size(), more.out());
      assertEquals("more", changes.get(0).get("what").asText());
      assertEquals("h-001", changes.get(0).get("after").get("home").asText());
      assertTrue(changes.get(0).get("before").isNull(), more.out());
      JsonNode sos = new ObjectMapper().readTree(more.out()).get("kinds").get("sos");
      assertEquals(1, sos.get("same").asInt(), more.out());

      Path ladders = directory.resolve("ladders.yaml");
      String shipped = Files.readString(town.config.resolve("ladders.yaml"));
      Files.writeString(
          ladders,
          shipped
              .replace("battery_low, ", "")
              .replace("duty_overdue]", "duty_overdue, battery_low]"));
      Said elsewhere = backtest(town, "--ladders", ladders.toString());
      assertEquals(0, elsewhere.code(), elsewhere.err());
      assertTrue(
          elsewhere.out().lines().anyMatch(l -> l.matches("elsewhere +\\S+ h-003 .*, care\\): .*")),
          elsewhere.out());
      assertEquals(2, town.open().size(), "the running gateway rang nobody for it");
    }
  }

  @Test
  void aWrongRangeOrFileSaysWhatToDo() throws Exception {
    try (Town town = Town.open(directory)) {
      live(town);
      String shipped = town.config.resolve("rules.yaml").toString();
      Said past = backtest(town, "--rules", shipped, "--to", "2020-01-01");
      assertEquals(1, past.code());
      assertTrue(past.err().contains("choose --from and --to within"), past.err());
      Said soon = backtest(town, "--rules", shipped, "--from", "soon");
      assertEquals(2, soon.code());
      assertTrue(soon.err().contains("--from is a time like 2026-03-02"), soon.err());
      String wrong = rules(town, "wrong.yaml", "battery_low_pct: 20", "battery_low_pct: low");
      Said refused = backtest(town, "--rules", wrong);
      assertEquals(1, refused.code());
      assertTrue(refused.err().contains("wrong.yaml:"), refused.err());
      assertTrue(refused.err().contains("battery_low_pct"), refused.err());
      Said missing = backtest(town, "--rules", directory.resolve("none.yaml").toString());
      assertEquals(1, missing.code());
      assertTrue(missing.err().contains("none.yaml"), missing.err());
      assertEquals(2, backtest(town).code());
    }
  }
}
