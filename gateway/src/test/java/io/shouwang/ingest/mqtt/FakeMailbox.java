package io.shouwang.ingest.mqtt;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told. */
final class FakeMailbox implements Mailbox {
  final List<String> ready = new CopyOnWriteArrayList<>();
  final List<String> confirmed = new CopyOnWriteArrayList<>();
  final List<String> handedOver = new CopyOnWriteArrayList<>();
  final List<String> dropped = new CopyOnWriteArrayList<>();

  @Override
  public void ready(String identity, String client) {
    ready.add(client);
  }

  @Override
  public void confirmed(String identity, String client, String token) {
    confirmed.add(client + " " + token);
  }

  @Override
  public void handedOver(String identity, String client, String token) {
    handedOver.add(client + " " + token);
  }

  @Override
  public void dropped(String identity, String client, String token, Drop why) {
    dropped.add(client + " " + token + " " + why);
  }
}
