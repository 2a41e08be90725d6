package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code backtest --csv} on files as people have them, from the command line. */
final class BacktestCommandTest {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  @TempDir Path directory = Path.of("");

  private record Said(int code, String out, String err) {}

  private static Said gateway(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(Main.class);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = line.execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }

  /** A person at home from half past six to half past nine, silent on the 30th from nine to six. */
  private static List<String> home(String device) {
    Random random = new Random(1);
    List<String> rows = new ArrayList<>();
    for (int day = 0; day < 40; day++) {
      LocalDateTime at = LocalDateTime.of(2010, 11, 4, 6, 30).plusDays(day);
      LocalDateTime night = at.withHour(21);
      while (at.isBefore(night)) {
        boolean silent = day == 26 && at.getHour() >= 9 && at.getHour() < 18;
        if (!silent) {
          rows.add(at.format(LOCAL) + "," + device + ",motion,ON");
        }
        at = at.plusSeconds(300 + random.nextInt(1_500));
      }
    }
    return rows;
  }

  private Path write(String name, List<String> rows) throws Exception {
    Path file = directory.resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, String.join("\n", rows) + "\n");
    return file;
  }

  private static List<String> withHeader(List<String> rows) {
    List<String> all = new ArrayList<>(List.of("time,device,kind,value"));
    all.addAll(rows);
    return all;
  }

  @Test
  void aRecordingWithoutARegistryJustWorks() throws Exception {
    Path file = write("home.csv", withHeader(home("M001")));
    Said said =
        gateway(
            "backtest",
            "--csv",
            file.toString(),
            "--language",
            "en",
            "--from",
            "2010-11-20",
            "--collapse",
            "50");
    assertEquals(0, said.code(), said.err());
    assertTrue(said.out().contains("no registry beside the file"), said.out());
    assertTrue(said.out().contains("2010-11-30T1"), said.out());
    assertTrue(said.out().contains("no sign of life for"), said.out());
    assertTrue(said.out().lines().anyMatch(l -> l.matches("all +50 .*")), said.out());
  }

  @Test
  void rowsInAnyOrderGiveTheSameAlerts() throws Exception {
    List<String> rows = home("M001");
    Path sorted = write("sorted.csv", withHeader(rows));
    List<String> mixed = new ArrayList<>(rows);
    Collections.shuffle(mixed, new Random(2));
    Path shuffled = write("shuffled.csv", withHeader(mixed));
    ObjectMapper mapper = new ObjectMapper();
    JsonNode first =
        mapper.readTree(gateway("backtest", "--csv", sorted.toString(), "--json").out());
    JsonNode second =
        mapper.readTree(gateway("backtest", "--csv", shuffled.toString(), "--json").out());
    assertFalse(first.get("alerts").isEmpty());
    assertEquals(first.get("alerts"), second.get("alerts"));
    assertTrue(second.get("sorted").asBoolean());
    assertFalse(first.get("sorted").asBoolean());
  }

  @Test
  void badRowsAreNamedCountedAndSkipped() throws Exception {
    List<String> rows = withHeader(home("M001"));
    rows.add(1, "yesterday,M001,motion,ON");
    rows.add(2, "2010-11-04 07:00:00,M001,motion,perhaps");
    rows.add(3, "2010-11-04 07:00:00,M001");
    Said said = gateway("backtest", "--csv", write("bad.csv", rows).toString());
    assertEquals(0, said.code());
    assertTrue(said.err().contains("line 2, time: \"yesterday\" is no time"), said.err());
    assertTrue(said.err().contains("line 3, value: \"perhaps\""), said.err());
    assertTrue(said.err().contains("line 4, row: has 2 fields"), said.err());
    assertTrue(said.err().contains("3 rows could not be used"), said.err());
    Said refused =
        gateway("backtest", "--bad-rows", "2", "--csv", write("bad.csv", rows).toString());
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("more than 2 rows"), refused.err());
  }

  @Test
  void theRegistryBesideIsUsedAndWhoIsNotInItIsNamed() throws Exception {
    Town.copyDemo(directory.resolve("config"));
    Path data = directory.resolve("config");
    List<String> rows = withHeader(home("demo-pir-001"));
    rows.add("2010-12-15 08:00:00,demo-sos-001,sos,press");
    rows.add("2010-12-15 08:00:00,stranger,motion,ON");
    rows.add("2010-12-15 08:00:01,demo-band-001,vitals,\"{\"\"heart_rate_bpm\"\":71}\"");
    rows.add("2010-12-15 08:00:01,demo-band-001,steps,120");
    Path file = write("config/recording.csv", rows);
    Said said = gateway("backtest", "--csv", file.toString(), "--language", "en");
    assertEquals(0, said.code(), said.err());
    assertTrue(said.out().contains("2010-12-15T08:00:00+08:00 h-001 SOS"), said.out());
    assertTrue(said.err().contains("device stranger is not registered"), said.err());
    assertTrue(said.err().contains(data.resolve("registry").toString()), said.err());
    assertEquals(1, said.err().lines().filter(l -> l.contains("stranger")).count());
  }

  @Test
  void wrongRulesAndWrongFilesSayWhatToDo() throws Exception {
    Path file = write("home.csv", withHeader(home("M001")));
    Path rules = write("new.yaml", List.of("eta_cap: 2h", "late_after: soon"));
    Said wrong = gateway("backtest", "--csv", file.toString(), "--rules", rules.toString());
    assertEquals(1, wrong.code());
    assertTrue(wrong.err().contains("new.yaml:1:10 eta_cap"), wrong.err());
    assertTrue(wrong.err().contains("new.yaml:2:13 late_after"), wrong.err());
    Path other = write("other.csv", List.of("when,what", "1,2"));
    Said columns = gateway("backtest", "--csv", other.toString());
    assertEquals(1, columns.code());
    assertTrue(columns.err().contains("no column time, device, kind, value"), columns.err());
    Said missing = gateway("backtest", "--csv", directory.resolve("none.csv").toString());
    assertEquals(1, missing.code());
    assertTrue(missing.err().contains("none.csv isn't there"), missing.err());
    assertEquals(2, gateway("backtest").code());
  }

  @Test
  void aKnownTruthIsMeasuredIntoAReportWithCurves() throws Exception {
    Path file = write("home.csv", withHeader(home("M001")));
    Path truth =
        write(
            "truth.csv",
            List.of(
                "kind,home,elder,device,from,to,detail",
                "collapse,home,elder,,2010-11-30T09:00:00+08:00,2010-11-30T18:00:00+08:00,"));
    write("lives.csv", List.of("home,kinds,devices,detail", "home,early_riser,motion,"));
    Path report = directory.resolve("r.md");
    Said said =
        gateway(
            "backtest",
            "--csv",
            file.toString(),
            "--truth",
            truth.toString(),
            "--from",
            "2010-11-20",
            "--collapse",
            "40",
            "--report",
            report.toString());
    assertEquals(0, said.code(), said.err());
    String text = Files.readString(report);
    assertTrue(text.contains("| collapse without a press | 1 | 1 | 100.0 % |"), text);
    assertTrue(text.contains("| early_riser | 40 |"), text);
    String svg = Files.readString(directory.resolve("r.svg"));
    assertTrue(svg.contains("false alarms per home and month"), svg);
    assertTrue(svg.contains("early riser"), svg);
  }
}
