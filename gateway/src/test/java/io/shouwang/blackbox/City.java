package io.shouwang.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration for these tests: hubs, each speaking for buttons, each button in a home of its
 * own with an elder of its own, so that one press is one alert. A grid worker and the duty desk are
 * rung at once; the desk again only after ten minutes, so that a ring that comes twice has no other
 * reason than a restart.
 *
 * @param directory of the configuration
 */
record City(Path directory, int hubs, int buttonsPerHub) {
  static final String GRID = "grid";
  static final String DESK = "desk";
  static final String SERVICE = "service";
  static final String OPERATOR = "operator";

  private static final String GATEWAY =
      """
      mqtt:
        plain:
          port: 0
      http:
        port: 0
      journal:
        segment: 20MiB
        reserve: 16MiB
        snapshot_every: 10s
      threads:
        network: 2
      """;

  private static final String LADDERS =
      """
      duty_desk:
        repeat_every: 10m
        overflow_after: 1h
      ladders:
        emergency:
          for: [sos, fall, smoke, gas]
          rungs:
            - after: 0s
              roles: [grid_worker, duty_desk]
      SECOND
        other:
          rungs:
            - after: 0s
              roles: [duty_desk]
      """;

  private static final String SECOND_RUNG =
      """
            - after: 4s
              roles: [service_organization]
      """;

  /** Writes the files. */
  static City write(Path directory, int hubs, int buttonsPerHub, boolean secondRung)
      throws IOException {
    City city = new City(directory, hubs, buttonsPerHub);
    Path registry = Files.createDirectories(directory.resolve("registry"));
    Files.writeString(directory.resolve("gateway.yaml"), GATEWAY);
    Files.writeString(
        directory.resolve("ladders.yaml"),
        LADDERS.replace("SECOND\n", secondRung ? SECOND_RUNG : ""));
    Files.writeString(directory.resolve("rules.yaml"), "");
    StringBuilder homes = new StringBuilder("id,address,area,phone,access\n");
    StringBuilder elders =
        new StringBuilder("id,home,name,birth_year,phone,category,ability,notes\n");
    StringBuilder devices = new StringBuilder("id,type,home,elder,hub,model\n");
    for (int hub = 0; hub < hubs; hub++) {
      homes.append("home-" + hub(hub) + ",street,g-1,,\n");
      devices.append(hub(hub) + ",hub,home-" + hub(hub) + ",,,\n");
      for (int i = 0; i < buttonsPerHub; i++) {
        String button = city.button(hub, i);
        homes.append(home(button) + ",street,g-1,,\n");
        elders.append("e-" + button + "," + home(button) + ",somebody,1940,,,,\n");
        devices.append(
            button + ",button," + home(button) + ",e-" + button + "," + hub(hub) + ",\n");
      }
    }
    Files.writeString(registry.resolve("homes.csv"), homes);
    Files.writeString(registry.resolve("elders.csv"), elders);
    Files.writeString(registry.resolve("devices.csv"), devices);
    Files.writeString(
        registry.resolve("areas.csv"), "id,name,parent,level\nc-1,city,,city\ng-1,grid,c-1,grid\n");
    Files.writeString(
        registry.resolve("responders.csv"),
        "id,name,phone,language\ngrid,a,,en\ndesk,b,,en\nservice,c,,en\n");
    Files.writeString(
        registry.resolve("contacts.csv"),
        """
        responder,role,relation,elder,home,area
        grid,grid_worker,grid worker,,,g-1
        desk,duty_desk,duty desk,,,c-1
        service,service_organization,service centre,,,c-1
        """);
    Files.writeString(
        registry.resolve("operators.csv"),
        "id,name,roles,area\noperator,d,dispatcher supervisor administrator auditor,c-1\n");
    return city;
  }

  static String hub(int hub) {
    return "hub-" + hub;
  }

  String button(int hub, int number) {
    return "b-" + hub + "-" + number;
  }

  static String home(String button) {
    return "home-" + button;
  }

  /** The secrets that the first start wrote. */
  static Map<String, String> secrets(Path data) throws IOException {
    Map<String, String> secrets = new HashMap<>();
    List<String> lines = Files.readAllLines(data.resolve("demo-secrets.csv"));
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.indexOf(',');
      secrets.put(line.substring(0, comma), line.substring(comma + 1));
    }
    return secrets;
  }
}
