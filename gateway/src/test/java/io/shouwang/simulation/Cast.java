package io.shouwang.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Who takes part: some devices of the district, and all its responders, each with their habits. */
final class Cast {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> DEVICES =
      List.of(
          "demo-sos-001",
          "demo-band-001",
          "demo-smoke-001",
          "demo-pir-001",
          "demo-band-003",
          "demo-sos-004",
          "demo-smoke-003",
          "demo-hub-005",
          "demo-sos-006",
          "demo-smoke-006");
  private static final List<String> RESPONDERS =
      List.of(
          "demo-daughter",
          "demo-neighbour",
          "demo-son",
          "demo-grid",
          "demo-grid-2",
          "demo-grid-3",
          "demo-cadre",
          "demo-service",
          "demo-desk",
          "demo-desk-county");

  private final Story story;
  private final Agenda agenda;
  private final Random random;
  private final Map<String, Client> devices = new LinkedHashMap<>();
  private final Map<String, List<Client>> responders = new LinkedHashMap<>();
  private final Map<String, Set<String>> known = new LinkedHashMap<>();
  private int acts;

  Cast(Story story) {
    this.story = story;
    this.agenda = story.agenda();
    this.random = story.random();
    List<String> names = new ArrayList<>(DEVICES);
    for (int i = 0; i < 4; i++) {
      String kind = random.nextBoolean() ? "button-" : "smoke-";
      names.add(kind + random.nextInt(District.HOMES));
    }
    Collections.shuffle(names, random);
    for (String name : names.subList(0, 2 + random.nextInt(6))) {
      devices.computeIfAbsent(name, id -> new Client(story, id, "", true, payload -> {}));
    }
    for (String id : RESPONDERS) {
      responders.put(id, new ArrayList<>());
      known.put(id, new LinkedHashSet<>());
      int phones = 1 + random.nextInt(5) / 4;
      for (int i = 0; i < phones; i++) {
        addPhone(id, i == 0 ? "" : ".phone" + i);
      }
    }
  }

  private void addPhone(String id, String suffix) {
    List<Client> phones = responders.getOrDefault(id, List.of());
    int index = phones.size();
    phones.add(
        new Client(story, id, suffix, false, payload -> answer(id, phones.get(index), payload)));
  }

  void begin(long turmoilNanos) {
    everybody()
        .forEach(client -> {
          if (random.nextInt(6) != 0) {
            agenda.between(0, 10_000, client::come);
          }
        });
    int count = 5 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      agenda.afterNanos((long) (random.nextDouble() * turmoilNanos), this::act);
    }
    for (int i = 0; i < 10; i++) {
      agenda.afterNanos((long) (random.nextDouble() * turmoilNanos), this::comeAndGo);
    }
  }

  private List<Client> everybody() {
    List<Client> all = new ArrayList<>(devices.values());
    responders.values().forEach(all::addAll);
    return all;
  }

  private Client anybody() {
    List<Client> all = everybody();
    return all.get(random.nextInt(all.size()));
  }

  boolean isIdle() {
    return everybody().stream().allMatch(Client::isIdle);
  }

  /**
   * Whether what goes to a responder must have gone out: one of theirs listens, and has for long.
   */
  boolean listens(String id) {
    return responders.getOrDefault(id, List.of()).stream()
        .anyMatch(client -> client.listensSince(TimeUnit.SECONDS.toNanos(20)));
  }

  void breakALine() {
    Wire wire = anybody().wire();
    if (wire == null) {
      return;
    }
    story.count("lines broken");
    switch (random.nextInt(4)) {
      case 0 -> wire.goSilent();
      case 1 -> {
        wire.closeByClient();
        wire.lose();
      }
      default -> wire.cutAfter(1 + random.nextInt(400));
    }
  }

  private void comeAndGo() {
    Client client = anybody();
    client.go();
    agenda.between(1_000, 300_000, client::come);
  }

  void becomeCalm() {
    everybody()
        .forEach(client -> {
          Wire wire = client.wire();
          if (wire != null && !wire.isHealthy()) {
            wire.lose();
          }
          client.come();
        });
  }

  // ---- devices

  private void act() {
    List<String> names = new ArrayList<>(devices.keySet());
    String name = names.get(random.nextInt(names.size()));
    Client client = devices.get(name);
    if (client == null || story.isCalm()) {
      return;
    }
    client.come();
    int times = 1 + random.nextInt(8) / 7 * random.nextInt(5);
    for (int i = 0; i < times; i++) {
      Act act = actOf(name);
      Client.Sending first = client.say(act);
      if (act.isNamed() && random.nextInt(4) == 0) {
        story.count("sent twice");
        agenda.between(500, 120_000, () -> client.say(first.act)); // as if its ack were lost
      }
    }
  }

  private Act actOf(String name) {
    acts++;
    if (name.equals("demo-hub-005")) {
      return of(List.of("demo-sos-005", "demo-pir-005", "stray-1", name).get(random.nextInt(4)));
    }
    return of(name);
  }

  private Act of(String device) {
    boolean named = random.nextInt(3) != 0;
    String n = "\"n\":" + acts;
    String id = named ? "\"id\":\"x" + acts + "\"," : "";
    if (named && random.nextInt(3) == 0) {
      id += "\"at\":" + story.clock().trueTime().toEpochMilli() + ",";
    }
    if (device.contains("pir")) {
      return readings(device);
    }
    if (device.contains("smoke")) {
      List<String> states =
          List.of("alarm", "alarm", "clear", "test", "fault", "tamper", "soot", "alarm");
      String state = states.get(random.nextInt(states.size()));
      return Act.event(
          device,
          "smoke",
          "{" + id + "\"state\":\"" + state + "\"," + n + "}",
          state.equals("alarm") || state.equals("soot"),
          named);
    }
    return switch (random.nextInt(device.contains("band") ? 10 : 6)) {
      case 0 ->
          Act.event(device, "sos", "{" + id + "\"action\":\"cancel\"," + n + "}", false, named);
      case 1 -> Act.event(device, "sos", "{\"garbage " + acts, true, false);
      case 2 -> Act.event(device, "fall", "{" + id + "\"confidence\":0.7," + n + "}", true, named);
      case 6, 7, 8 -> readings(device);
      default -> Act.event(device, "sos", "{" + id + n + "}", true, named);
    };
  }

  private Act readings(String device) {
    List<String> events = new ArrayList<>();
    int count = 1 + (random.nextInt(5) == 0 ? random.nextInt(150) : random.nextInt(12));
    for (int i = 0; i < count; i++) {
      events.add("{\"n\":" + acts + ",\"i\":" + i + ",\"heart_rate_bpm\":71}");
    }
    String payload = "[" + String.join(",", events) + "]";
    return new Act(device, "vitals", payload, events, false, false, true);
  }

  // ---- people

  private void answer(String who, Client phone, String payload) {
    JsonNode ring;
    try {
      ring = JSON.readTree(payload);
    } catch (JsonProcessingException e) {
      throw new Broken("TheContractHolds", "no JSON: " + payload);
    }
    String alert = ring.path("alert").asText();
    boolean asked = List.of("RINGING", "ringing").contains(ring.path("state").asText());
    boolean desk = who.startsWith("demo-desk");
    if (story.isCalm() && desk) {
      // Even the county's, if it is rung: somebody at a desk is awake now.
      agenda.between(
          2_000, 40_000, () -> reply(phone, who, alert, "done", ",\"disposition\":\"real\""));
      return;
    }
    if (!asked || random.nextInt(3) == 0 || story.isCalm()) {
      return;
    }
    long slowest = random.nextInt(3) == 0 ? 400_000 : 20_000;
    agenda.between(1_000, slowest, () -> respond(phone, who, alert));
  }

  private void respond(Client phone, String who, String alert) {
    switch (random.nextInt(9)) {
      case 0 -> reply(phone, who, alert, "decline", "");
      case 1 -> reply(phone, who, alert, "spoke", ",\"note\":\"she is fine\"");
      case 2 -> reply(phone, who, alert, "done", ",\"disposition\":\"false alarm\"");
      case 3 -> malformed(phone, who, alert);
      case 4 -> reply(phone, who, alert, "arrived", "");
      default -> {
        int eta = random.nextInt(90);
        reply(phone, who, alert, "accept", ",\"eta_min\":" + eta + ",\"note\":\"on my way\"");
        if (random.nextBoolean()) {
          agenda.between(10_000, 300_000, () -> reply(phone, who, alert, "arrived", ""));
          agenda.between(
              300_000,
              900_000,
              () -> reply(phone, who, alert, "done", ",\"disposition\":\"real\""));
        }
      }
    }
  }

  private void reply(Client phone, String who, String alert, String word, String more) {
    acts++;
    String id = "r" + acts;
    String payload =
        "{\"id\":\"%s\",\"alert\":\"%s\",\"reply\":\"%s\"%s}".formatted(id, alert, word, more);
    Act act = new Act(who, "replies", payload, List.of(id), false, true, true);
    phone.say(act);
    if (random.nextInt(6) == 0) {
      agenda.after(Duration.ofSeconds(1), () -> phone.say(act));
    }
  }

  private void malformed(Client phone, String who, String alert) {
    acts++;
    String payload = "{\"alert\":\"" + alert + "\",\"reply\":\"perhaps\",\"n\":" + acts + "}";
    phone.say(new Act(who, "replies", payload, List.of(payload), false, true, false));
  }

  @Override
  public String toString() {
    return everybody().stream().filter(client -> !client.isIdle()).toList().toString();
  }
}
