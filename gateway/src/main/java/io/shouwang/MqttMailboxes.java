package io.shouwang;

import io.shouwang.ingest.mqtt.Mailbox;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.Synthetic;
import io.shouwang.notify.mqtt.MqttChannel;
import java.util.function.Supplier;

/** Tells the right channel what the endpoint sees: devices and responders share one name space. */
final class MqttMailboxes implements Mailbox {
  private final Supplier<Directory> directory;
  private final MqttChannel responders;
  private final MqttChannel devices;

  MqttMailboxes(Supplier<Directory> directory, MqttChannel responders, MqttChannel devices) {
    this.directory = directory;
    this.responders = responders;
    this.devices = devices;
  }

  private MqttChannel of(String identity) {
    boolean isDevice =
        identity.equals(Synthetic.DEVICE.value())
            || directory.get().placement(new DeviceId(identity)) != null;
    return isDevice ? devices : responders;
  }

  @Override
  public void ready(String identity, String client) {
    of(identity).ready(identity, client);
  }

  @Override
  public void confirmed(String identity, String client, String token) {
    of(identity).confirmed(identity, token);
  }

  @Override
  public void handedOver(String identity, String client, String token) {
    of(identity).handedOver(identity, token);
  }

  @Override
  public void dropped(String identity, String client, String token, Drop why) {
    switch (why) {
      case TOO_LARGE, REFUSED -> of(identity).refused(token, why.name());
      case EXPIRED, QUEUE_FULL -> {} // it still waits in its mailbox, which looks after it
    }
  }
}
