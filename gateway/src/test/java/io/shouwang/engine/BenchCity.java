package io.shouwang.engine;

import io.shouwang.alerts.DutyDesk;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.World;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistryReader;
import io.shouwang.registry.RegistryReading;
import io.shouwang.registry.RegistrySource;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A made-up city to measure with: each home has an elder, a bracelet, an infrared sensor, a door
 * contact and a smoke alarm; a duty desk answers for all.
 */
final class BenchCity {
  static final String DESK = "desk";

  /** Of a number in an id. */
  static final int DIGITS = 7;

  /** Homes of one area, as a grid worker has them. */
  private static final int AREA_HOMES = 400;

  private BenchCity() {}

  /** The four devices of a home. */
  enum Thing {
    BAND("band", "bracelet"),
    MOTION("pir", "motion"),
    DOOR("door", "door"),
    SMOKE("smk", "smoke");

    private final String prefix;
    private final String type;

    Thing(String prefix, String type) {
      this.prefix = prefix;
      this.type = type;
    }

    String prefix() {
      return prefix;
    }

    String id(int home) {
      return "%s-%07d".formatted(prefix, home);
    }
  }

  static String homeId(int home) {
    return "h-%07d".formatted(home);
  }

  /** All rules with their standard limits. */
  static World world(Registry registry) {
    return new World(
        registry,
        new RuleBook(
            RuleSettings.STANDARD,
            LimitsBook.of(ZoneId.of("Asia/Shanghai"), Limits.STANDARD),
            RuleBook.builtIn()),
        new Ladders(
            Map.of(),
            new Ladder("bench", List.of()),
            new DutyDesk(Duration.ofHours(1), Duration.ofHours(1))));
  }

  static Registry registry(int homes) throws IOException {
    return registry(name -> file(name, homes));
  }

  static Registry registry(RegistrySource files) throws IOException {
    return switch (RegistryReader.read(files, null)) {
      case RegistryReading.Accepted(var registry) -> registry;
      case RegistryReading.Refused refused ->
          throw new IllegalStateException("the made-up city: " + refused.problems());
    };
  }

  /** One of the registry's files; null for one that needn't be there. */
  static byte @Nullable [] file(String name, int homes) {
    int areas = (homes + AREA_HOMES - 1) / AREA_HOMES;
    return switch (name) {
      case "areas.csv" ->
          rows("id,name,parent,level\ncity,City,,city", areas, i -> "g-" + i + ",Grid,city,grid");
      case "homes.csv" ->
          rows(
              "id,address,area,phone,access",
              homes,
              i -> homeId(i) + ",Street " + i + ",g-" + i / AREA_HOMES + ",,");
      case "elders.csv" ->
          rows(
              "id,home,name,birth_year,phone,category",
              homes,
              i -> "e-%07d,%s,Elder,1940,,living_alone".formatted(i, homeId(i)));
      case "devices.csv" -> rows("id,type,home,elder", homes, BenchCity::devices);
      case "responders.csv" -> rows("id,name,phone,language", 1, _ -> DESK + ",Desk,,en");
      case "contacts.csv" ->
          rows("responder,role,relation,elder,home,area", 1, _ -> DESK + ",duty_desk,,,,city");
      case "operators.csv" ->
          rows("id,name,roles,area", 1, _ -> "bench-operator,Bench,dispatcher,city");
      default -> null;
    };
  }

  private static String devices(int home) {
    StringBuilder rows = new StringBuilder();
    for (Thing thing : Thing.values()) {
      rows.append(rows.isEmpty() ? "" : "\n");
      rows.append(thing.id(home)).append(',').append(thing.type).append(',').append(homeId(home));
      rows.append(thing == Thing.BAND ? ",e-%07d".formatted(home) : ",");
    }
    return rows.toString();
  }

  private static byte[] rows(String head, int count, IntFunction<String> row) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < count; i++) {
      out.write('\n');
      out.writeBytes(row.apply(i).getBytes(StandardCharsets.UTF_8));
    }
    out.write('\n');
    return out.toByteArray();
  }
}
