package io.shouwang.sim.district;

import io.shouwang.sim.district.Dice.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The registry of the made-up district, in the gateway's import format. */
final class RegistryFiles {
  private static final List<String> SURNAMES =
      List.of("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林");
  private static final List<String> GIVEN =
      List.of("秀英", "桂兰", "建国", "国栋", "玉珍", "德发", "永福", "美华", "素芳", "志强", "凤英", "长生");

  private final List<Household> homes;
  private final Civil civil;

  RegistryFiles(List<Household> homes, Civil civil) {
    this.homes = homes;
    this.civil = civil;
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    areas(folder);
    places(folder);
    people(folder);
    fences(folder);
  }

  private void fences(Path folder) throws IOException {
    try (Rows rows = open(folder, "fences.csv", "id,elder,name,kind,shape")) {
      for (Household home : homes) {
        for (Person person : home.people) {
          for (Fence fence : person.fences) {
            String kind = fence.danger() ? "danger" : "safe";
            row(rows, fence.id(), person.id, fence.name(), kind, fence.shape().text());
          }
        }
      }
    }
  }

  private Rows open(Path folder, String file, String header) throws IOException {
    return Simulation.open(folder.resolve(file), civil).header(header);
  }

  private static void row(Rows rows, String... fields) throws IOException {
    for (String field : fields) {
      rows.text(field);
    }
    rows.end();
  }

  private void areas(Path folder) throws IOException {
    try (Rows rows = open(folder, "areas.csv", "id,name,parent,level")) {
      row(rows, "c-1", "模拟市", "", "city");
      row(rows, "x-1", "模拟县", "c-1", "county");
      int last = 0;
      for (Household home : homes) {
        if (home.number - 1 == home.street() * Household.HOMES_A_STREET) {
          int street = home.street() + 1;
          row(rows, "j-" + street, "第" + street + "街道", "x-1", "street");
        }
        if (home.number - 1 == home.community() * Household.HOMES_A_COMMUNITY) {
          int community = home.community() + 1;
          String parent = "j-" + (home.street() + 1);
          row(rows, "s-" + community, "第" + community + "社区", parent, "community");
        }
        if (home.grid() + 1 > last) {
          last = home.grid() + 1;
          row(rows, "g-" + last, "第" + last + "网格", "s-" + (home.community() + 1), "grid");
        }
      }
    }
  }

  private void places(Path folder) throws IOException {
    try (Rows rows = open(folder, "homes.csv", "id,address,area,phone,access,lat,lon,building");
        Rows elders =
            open(folder, "elders.csv", "id,home,name,birth_year,phone,category,ability,notes");
        Rows devices = open(folder, "devices.csv", "id,type,home,elder,hub,model")) {
      for (Household home : homes) {
        String flat = (home.building() + 1) + "号楼" + flat(home) + "室";
        row(
            rows,
            home.id,
            "第" + (home.street() + 1) + "街道" + flat,
            "g-" + (home.grid() + 1),
            phone(0, home.number),
            "",
            degrees(home.place.lat()),
            degrees(home.place.lon()),
            "b-" + (home.building() + 1));
        elders(home, elders);
        for (Gadget gadget : home.gadgets) {
          row(
              devices,
              gadget.id,
              gadget.type.word(),
              home.id,
              wearer(home, gadget),
              "",
              gadget.model);
        }
      }
    }
  }

  private static String flat(Household home) {
    int place = (home.number - 1) % Household.HOMES_A_BUILDING;
    return String.valueOf((place / 4 + 1) * 100 + place % 4 + 1);
  }

  private static String wearer(Household home, Gadget gadget) {
    for (Person person : home.people) {
      if (person.band == gadget) {
        return person.id;
      }
    }
    return gadget.type == Gadget.Type.BUTTON ? home.people.getFirst().id : "";
  }

  private void elders(Household home, Rows rows) throws IOException {
    Dice dice = Dice.of(home.seed, Purpose.NAMES, home.number, 0);
    for (Person person : home.people) {
      int birthYear = dice.whole(1934, 1958);
      List<String> category = new ArrayList<>();
      if (birthYear <= 1944) {
        category.add("over_80");
      }
      if (home.people.size() == 1) {
        category.add("living_alone");
      }
      if (person.habits.bedridden) {
        category.add("disabled");
      }
      if (dice.chance(0.06)) {
        category.add("special_difficulty");
      }
      if (person.habits.forgetful) {
        category.add("dementia");
      }
      String ability =
          person.habits.bedridden
              ? "fully_dependent"
              : person.habits.forgetful ? "partly_dependent" : "mostly_able";
      String name = dice.one(SURNAMES) + dice.one(GIVEN);
      row(
          rows,
          person.id,
          home.id,
          name,
          Integer.toString(birthYear),
          phone(0, home.number),
          String.join(" ", category),
          ability,
          "");
    }
  }

  private void people(Path folder) throws IOException {
    try (Rows responders = open(folder, "responders.csv", "id,name,phone,language");
        Rows contacts = open(folder, "contacts.csv", "responder,role,relation,elder,home,area");
        Rows operators = open(folder, "operators.csv", "id,name,roles,area")) {
      row(operators, "operator-1", "值班长", "dispatcher supervisor administrator auditor", "c-1");
      row(responders, "desk-county", "县为老服务热线", phone(9, 0), "zh");
      row(contacts, "desk-county", "duty_desk", "county hotline", "", "", "x-1");
      int grids = 0;
      int streets = 0;
      int communities = 0;
      for (Household home : homes) {
        if (home.street() + 1 > streets) {
          streets = home.street() + 1;
          row(responders, "desk-" + streets, "第" + streets + "街道值班台", phone(8, streets), "zh");
          row(contacts, "desk-" + streets, "duty_desk", "duty desk", "", "", "j-" + streets);
          String service = "service-" + streets;
          row(responders, service, "第" + streets + "为老服务中心", phone(6, streets), "zh");
          row(contacts, service, "service_organization", "service centre", "", "", "j-" + streets);
        }
        if (home.community() + 1 > communities) {
          communities = home.community() + 1;
          String cadre = "cadre-" + communities;
          row(responders, cadre, "第" + communities + "社区主任", phone(5, communities), "zh");
          row(contacts, cadre, "village_cadre", "community cadre", "", "", "s-" + communities);
        }
        if (home.grid() + 1 > grids) {
          grids = home.grid() + 1;
          row(responders, "grid-" + grids, "第" + grids + "网格员", phone(7, grids), "zh");
          row(contacts, "grid-" + grids, "grid_worker", "grid worker", "", "", "g-" + grids);
        }
        relatives(home, responders, contacts);
      }
    }
  }

  private static void relatives(Household home, Rows responders, Rows contacts) throws IOException {
    Dice dice = Dice.of(home.seed, Purpose.NAMES, home.number, 1);
    if (!dice.chance(0.85)) {
      return;
    }
    String child = "child-" + home.number;
    String relation = dice.chance(0.5) ? "daughter" : "son";
    row(responders, child, dice.one(SURNAMES) + dice.one(GIVEN), phone(1, home.number), "zh");
    for (Person person : home.people) {
      row(contacts, child, "relative", relation, person.id, "", "");
    }
  }

  /** Numbers nobody has. */
  private static String phone(int series, int number) {
    return String.format(Locale.ROOT, "000-5%d%02d-%04d", series, number / 10_000, number % 10_000);
  }

  private static String degrees(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
