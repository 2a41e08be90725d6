package io.shouwang.registry;

import io.shouwang.model.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Registries for tests: the demo district, and a small valid one whose files a test may change. */
public final class TestRegistry {
  static final Set<Role> ROLES =
      Set.of(
          new Role("relative"),
          new Role("neighbour"),
          new Role("grid_worker"),
          new Role("village_cadre"),
          new Role("service_organization"),
          Role.DUTY_DESK);

  private final Map<String, byte[]> files = new HashMap<>();

  TestRegistry() {
    with("areas.csv", "id,name,parent,level\nc,City,,city\ng,Grid,c,grid\n");
    with("homes.csv", "id,address,area,phone,access\nh1,Road 1,g,,\nh2,Road 2,g,,\n");
    with("elders.csv", "id,home,name\ne1,h1,Lin\ne2,h2,Chen\n");
    with("devices.csv", "id,type,home,elder,hub\nd1,button,h1,e1,\nd2,hub,h2,,\nd3,smoke,,,d2\n");
    with("responders.csv", "id,name,phone,language\nr1,Mei,1,zh\ndesk,Desk,2,zh\n");
    with(
        "contacts.csv",
        """
        responder,role,relation,elder,home,area
        r1,relative,daughter,e1,,
        desk,duty_desk,,,,c
        """);
    with("operators.csv", "id,name,roles,area\no1,Feng,dispatcher,c\n");
  }

  public static Registry demo() {
    try {
      return accepted(
          RegistryReader.read(
              RegistrySource.directory(Path.of("..", "config", "registry")), ROLES));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * The demo district with more homes: an elder, a button and a smoke alarm in each. In the second
   * generation one child more of a hub is registered, and the elders have other relatives.
   */
  public static Registry district(int homes, int generation) {
    RegistrySource demo = RegistrySource.directory(Path.of("..", "config", "registry"));
    TestRegistry all = new TestRegistry();
    try {
      for (String file : RegistrySource.FILES) {
        StringBuilder text = new StringBuilder();
        byte[] bytes = demo.bytes(file);
        text.append(bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8).strip())
            .append('\n');
        for (int i = 0; i < homes; i++) {
          switch (file) {
            case "homes.csv" ->
                text.append(
                    "h-%d,Road %d,%s,,,,,\n"
                        .formatted(i, i, i % 2 == 0 ? "g-taohua-2" : "s-xinghe"));
            case "elders.csv" -> text.append("e-%d,h-%d,Lin,,,,,\n".formatted(i, i));
            case "devices.csv" ->
                text.append("button-%d,button,h-%d,e-%d,,\n".formatted(i, i, i))
                    .append("smoke-%d,smoke,h-%d,,,\n".formatted(i, i));
            default -> {}
          }
        }
        if (generation == 2 && file.equals("devices.csv")) {
          text.append("stray-1,button,h-004,e-005,demo-hub-005,\n");
        }
        if (generation == 2 && file.equals("contacts.csv")) {
          text.append("demo-son,relative,nephew,e-001,,\ndemo-daughter,relative,niece,e-0,,\n");
        }
        all.with(file, text.toString());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return accepted(all.read());
  }

  /** The small one with these files, some of its own replaced. */
  public static Registry of(Map<String, String> files) {
    TestRegistry all = new TestRegistry();
    files.forEach(all::with);
    return all.registry();
  }

  TestRegistry with(String file, String text) {
    return with(file, text.getBytes(StandardCharsets.UTF_8));
  }

  TestRegistry with(String file, byte[] bytes) {
    files.put(file, bytes);
    return this;
  }

  TestRegistry without(String file) {
    files.remove(file);
    return this;
  }

  RegistrySource source() {
    return files::get;
  }

  RegistryReading read() {
    try {
      return RegistryReader.read(source(), ROLES);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  Registry registry() {
    return accepted(read());
  }

  /** The messages of a registry that must be refused. */
  List<String> problems() {
    return switch (read()) {
      case RegistryReading.Refused refused ->
          refused.problems().stream().map(RowProblem::toString).toList();
      case RegistryReading.Accepted accepted ->
          throw new AssertionError("accepted: " + accepted.registry().counts());
    };
  }

  static Registry accepted(RegistryReading reading) {
    return switch (reading) {
      case RegistryReading.Accepted accepted -> accepted.registry();
      case RegistryReading.Refused refused -> throw new AssertionError(refused.problems());
    };
  }
}
