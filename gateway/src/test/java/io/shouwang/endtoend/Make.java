package io.shouwang.endtoend;

/** Whose client it is, and which MQTT it speaks. */
enum Make {
  MOSQUITTO_3,
  MOSQUITTO_5,
  PAHO_3,
  PAHO_5,
  HIVEMQ_3,
  HIVEMQ_5;

  /** Connects; throws {@link Client.Refused} if the gateway doesn't let it in. */
  Client connect(Client.Line line, Client.Login login) throws Exception {
    return switch (this) {
      case MOSQUITTO_3 -> new MosquittoTools(line, login, "mqttv311");
      case MOSQUITTO_5 -> new MosquittoTools(line, login, "mqttv5");
      case PAHO_3 -> PahoThree.connect(line, login);
      case PAHO_5 -> PahoFive.connect(line, login);
      case HIVEMQ_3 -> HiveThree.connect(line, login);
      case HIVEMQ_5 -> HiveFive.connect(line, login);
    };
  }
}
