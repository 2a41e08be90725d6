package io.shouwang.ingest.mqtt;

import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.Kind;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Synthetic;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end, proven by its secret, and what it may say and hear. Topics are compared
 * by exact levels, never by a pattern built from a name.
 */
sealed interface Peer {
  String DEVICES = "v1/devices/";
  String RESPONDERS = "v1/responders/";

  /** The registered type of a device that may speak for children nobody registered yet. */
  String HUB_TYPE = "hub";

  /** The longest client id of a responder. */
  int CLIENT_ID_LENGTH_MAX = 128;

  String id();

  /** The one topic it may subscribe to. */
  String subscription();

  /** Whether it may connect under this client id. */
  boolean mayUseClientId(String clientId);

  /** What a publish on this topic would be. */
  Target target(String topic, Directory directory);

  /** What a publish is. */
  sealed interface Target {
    /**
     * Something a device says.
     *
     * @param hub the hub that speaks for the device, or null
     */
    record Event(DeviceId device, @Nullable DeviceId hub, Kind kind) implements Target {}

    /** A responder's answer. */
    record Reply(ResponderId by) implements Target {}

    /** A visit or a call that a responder records. */
    record Contact(ResponderId by) implements Target {}

    /** Nothing this peer may publish. */
    record Refused() implements Target {}
  }

  /**
   * An identity is a responder if it is registered as one, and else a device, registered or not.
   */
  static Peer of(String identity, Directory directory) {
    boolean responder =
        identity.equals(Synthetic.RESPONDER.value())
            || (directory.responder(new ResponderId(identity)) != null
                && directory.placement(new DeviceId(identity)) == null);
    return responder
        ? new Responder(new ResponderId(identity))
        : new Device(new DeviceId(identity));
  }

  /** A device, maybe a hub. */
  record Device(DeviceId device) implements Peer {
    @Override
    public String id() {
      return device.value();
    }

    @Override
    public String subscription() {
      return DEVICES + device.value() + "/down";
    }

    @Override
    public boolean mayUseClientId(String clientId) {
      return clientId.equals(device.value());
    }

    @Override
    public Target target(String topic, Directory directory) {
      if (!topic.startsWith(DEVICES)) {
        return new Target.Refused();
      }
      int slash = topic.indexOf('/', DEVICES.length());
      if (slash < 0) {
        return new Target.Refused();
      }
      String about = topic.substring(DEVICES.length(), slash);
      String kind = topic.substring(slash + 1);
      if (!Identity.isValid(about) || !Identity.isValid(kind) || kind.equals("down")) {
        return new Target.Refused();
      }
      if (about.equals(device.value())) {
        return new Target.Event(device, null, new Kind(kind));
      }
      DeviceId child = new DeviceId(about);
      return maySpeakFor(child, directory)
          ? new Target.Event(child, device, new Kind(kind))
          : new Target.Refused();
    }

    private boolean maySpeakFor(DeviceId child, Directory directory) {
      Directory.Placement place = directory.placement(child);
      if (place != null) {
        return device.equals(place.hub());
      }
      // A responder's name is no child's, and only a hub has children that nobody registered.
      Directory.Placement own = directory.placement(device);
      return own != null
          && own.type().equals(HUB_TYPE)
          && directory.responder(new ResponderId(child.value())) == null;
    }
  }

  /** A person's app, a service organization's system, or a desk. */
  record Responder(ResponderId responder) implements Peer {
    @Override
    public String id() {
      return responder.value();
    }

    @Override
    public String subscription() {
      return RESPONDERS + responder.value() + "/alerts";
    }

    @Override
    public boolean mayUseClientId(String clientId) {
      if (clientId.equals(responder.value())) {
        return true;
      }
      return clientId.length() <= CLIENT_ID_LENGTH_MAX
          && clientId.startsWith(responder.value() + ".")
          && clientId.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public Target target(String topic, Directory directory) {
      String own = RESPONDERS + responder.value();
      if (topic.equals(own + "/replies")) {
        return new Target.Reply(responder);
      }
      return topic.equals(own + "/contacts") ? new Target.Contact(responder) : new Target.Refused();
    }
  }
}
