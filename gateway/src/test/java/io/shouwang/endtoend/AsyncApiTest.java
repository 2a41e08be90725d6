package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docs/asyncapi.yaml} is well-formed, and the running gateway does what it says. */
@TestInstance(Lifecycle.PER_CLASS)
final class AsyncApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> BUTTON_ONLY = List.of("deviceDown");
  private JsonNode document;
  private Town town;

  @BeforeAll
  void open(@TempDir Path directory) throws Exception {
    // Jackson's YAML reader doesn't expand aliases; this one does.
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Object tree = yaml.load(Files.readString(Path.of("..", "docs", "asyncapi.yaml")));
    document = JSON.valueToTree(tree);
    town = Town.open(directory);
  }

  @AfterAll
  void close() {
    town.close();
  }

  /** Follows a reference within the document. */
  private JsonNode at(JsonNode node) {
    if (!node.has("$ref")) {
      return node;
    }
    String reference = node.get("$ref").asText();
    assertTrue(reference.startsWith("#/"), reference);
    JsonNode target = document.at(reference.substring(1));
    assertFalse(target.isMissingNode(), reference + " leads nowhere");
    return target;
  }

  @Test
  void itHasTheStructureOfAsyncApi3() {
    assertEquals("3.0.0", document.get("asyncapi").asText());
    assertTrue(document.at("/info/title").isTextual() && document.at("/info/version").isTextual());
    for (JsonNode server : document.get("servers")) {
      assertTrue(server.has("host") && server.has("protocol"));
      server.get("security").forEach(scheme -> assertTrue(at(scheme).has("type")));
    }
    document.findValues("$ref").forEach(ref -> at(JSON.createObjectNode().set("$ref", ref)));
    Set<JsonNode> used = new HashSet<>();
    for (JsonNode operation : document.get("operations")) {
      assertTrue(Set.of("send", "receive").contains(operation.get("action").asText()));
      used.add(operation.get("channel").get("$ref"));
    }
    for (Map.Entry<String, JsonNode> channel : document.get("channels").properties()) {
      assertTrue(
          used.contains(JSON.valueToTree("#/channels/" + channel.getKey())),
          "no operation for " + channel.getKey());
      String address = channel.getValue().get("address").asText();
      for (Map.Entry<String, JsonNode> parameter :
          channel.getValue().get("parameters").properties()) {
        assertTrue(address.contains("{" + parameter.getKey() + "}"), address);
      }
      assertEquals(
          address.chars().filter(c -> c == '{').count(),
          channel.getValue().get("parameters").size(),
          address);
    }
  }

  @Test
  void eachExampleHasTheFieldsOfItsSchema() {
    for (Map.Entry<String, JsonNode> message : document.at("/components/messages").properties()) {
      JsonNode schema = at(message.getValue().get("payload"));
      assertFalse(message.getValue().get("examples").isEmpty());
      for (JsonNode example : message.getValue().get("examples")) {
        assertFits(schema, example.get("payload"), message.getKey(), false);
      }
    }
  }

  /** Has what is required, and what it has is described, in type and word. */
  private void assertFits(JsonNode schema, JsonNode payload, String what, boolean closed) {
    schema
        .path("required")
        .forEach(field -> assertTrue(payload.has(field.asText()), what + " has no " + field));
    JsonNode described = schema.get("properties");
    for (Map.Entry<String, JsonNode> field : payload.properties()) {
      JsonNode value = described.path(field.getKey());
      if (closed) {
        assertFalse(value.isMissingNode(), what + "." + field.getKey() + " is not described");
      }
      JsonNode words = value.path("enum");
      if (!words.isMissingNode()) {
        assertTrue(
            words.valueStream().toList().contains(field.getValue()),
            what + "." + field.getKey() + " is " + field.getValue());
      }
    }
  }

  private String topic(String channel, Map<String, String> values) {
    String topic = document.get("channels").get(channel).get("address").asText();
    for (Map.Entry<String, String> value : values.entrySet()) {
      topic = topic.replace("{" + value.getKey() + "}", value.getValue());
    }
    return topic;
  }

  @Test
  void theGatewayTakesEveryExampleOfADevice() throws Exception {
    Map<String, String> values = Map.of("deviceId", "demo-sos-004", "kind", "air_quality");
    List<String> quarantined = new ArrayList<>();
    try (Client device = town.connect(Make.HIVEMQ_5, false, "demo-sos-004")) {
      for (Map.Entry<String, JsonNode> channel : document.get("channels").properties()) {
        if (!channel.getKey().startsWith("device") || BUTTON_ONLY.contains(channel.getKey())) {
          continue;
        }
        for (JsonNode reference : channel.getValue().get("messages")) {
          for (JsonNode example : at(reference).get("examples")) {
            device.publish(topic(channel.getKey(), values), example.get("payload").toString());
          }
        }
      }
    }
    for (JsonNode alert : town.open()) {
      for (JsonNode evidence : town.alert(alert.get("alert").asText()).get("evidence")) {
        if (!evidence.get("marks").isEmpty()) {
          quarantined.add(evidence.toString());
        }
      }
    }
    assertEquals(List.of(), quarantined, "an example that the gateway finds odd");
    Set<String> kinds = new TreeSet<>();
    town.open().forEach(alert -> kinds.add(alert.get("kind").asText()));
    assertEquals(Set.of("sos", "fall", "smoke"), kinds);
    town.closeAll();
  }

  @Test
  void theGatewaySendsWhatIsDescribed() throws Exception {
    Map<String, String> button = Map.of("deviceId", "demo-sos-001");
    Map<String, String> who = Map.of("responderId", "demo-daughter");
    Map<String, JsonNode> said = new HashMap<>();
    try (Client device = town.connect(Make.PAHO_5, false, "demo-sos-001");
        Client daughter = town.connect(Make.PAHO_3, false, "demo-daughter")) {
      device.subscribe(topic("deviceDown", button));
      daughter.subscribe(topic("responderAlerts", who));
      JsonNode press = document.at("/components/messages/sos/examples/0/payload");
      device.publish(topic("deviceSos", button), press.toString());
      said.put("received", device.hearsOf("received"));
      said.put("alert", daughter.hearsFor("rung"));
      String alert = said.get("alert").get("alert").asText();
      for (JsonNode example : document.at("/components/messages/reply/examples")) {
        ObjectNode reply = example.get("payload").deepCopy();
        daughter.publish(topic("responderReplies", who), reply.put("alert", alert).toString());
      }
      said.put("accepted", device.hearsOf("accepted"));
      town.closeAll();
      said.put("closed", device.hearsOf("closed"));
      said.put("ended", daughter.hearsFor("ended"));
      List<String> replies =
          town.alert(alert)
              .get("timeline")
              .valueStream()
              .filter(entry -> entry.get("type").asText().equals("replied"))
              .map(entry -> entry.get("reply").asText())
              .toList();
      assertEquals(List.of("accept", "arrived", "done", "done"), replies);
    }
    for (Map.Entry<String, JsonNode> message : said.entrySet()) {
      JsonNode described = document.at("/components/messages/" + message.getKey());
      JsonNode example = described.at("/examples/0/payload");
      assertFits(at(described.get("payload")), message.getValue(), message.getKey(), true);
      assertEquals(fields("", example), fields("", message.getValue()), message.getKey());
    }
  }

  @Test
  void theGatewayTakesTheContactsOfWhoAnswersForTheElder() throws Exception {
    Map<String, String> daughter = Map.of("responderId", "demo-daughter");
    Map<String, String> son = Map.of("responderId", "demo-son");
    try (Client hers = town.connect(Make.HIVEMQ_5, false, "demo-daughter");
        Client his = town.connect(Make.PAHO_5, false, "demo-son")) {
      for (JsonNode example : document.at("/components/messages/contact/examples")) {
        String said = example.get("payload").toString();
        hers.publish(topic("responderContacts", daughter), said);
        hers.publish(topic("responderContacts", daughter), said);
        assertThrows(
            Client.Refused.class, () -> his.publish(topic("responderContacts", son), said));
      }
      assertThrows(
          Client.Refused.class, () -> hers.publish(topic("responderContacts", daughter), "{}"));
    }
    JsonNode contacts = town.get("/api/v1/elders/e-001/contacts").json().get("contacts");
    assertEquals(
        List.of("call no_answer", "visit well"),
        contacts
            .valueStream()
            .map(c -> c.get("means").asText() + " " + c.get("result").asText())
            .toList());
    assertEquals("血压 135/80", contacts.get(1).get("note").asText());
  }

  /** The names of all fields, those within included. */
  private static Set<String> fields(String prefix, JsonNode node) {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      names.add(prefix + field.getKey());
      names.addAll(fields(prefix + field.getKey() + ".", field.getValue()));
    }
    return names;
  }
}
