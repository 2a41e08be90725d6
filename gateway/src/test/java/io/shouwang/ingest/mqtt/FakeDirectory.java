package io.shouwang.ingest.mqtt;

import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A button, a hub with one child, another hub's child, and a daughter. */
final class FakeDirectory implements Directory {
  static final String BUTTON = "button-1";
  static final String HUB = "hub-1";
  static final String CHILD = "child-1";
  static final String OTHERS_CHILD = "child-2";
  static final String DAUGHTER = "daughter";

  @Override
  public String hash() {
    return "00";
  }

  @Override
  public @Nullable Placement placement(DeviceId device) {
    return switch (device.value()) {
      case BUTTON, "button-2" -> new Placement(device, "button", new HomeId("h-1"), null, null, "");
      case HUB, "hub-2" -> new Placement(device, "hub", new HomeId("h-1"), null, null, "");
      case CHILD -> new Placement(device, "smoke", new HomeId("h-1"), null, new DeviceId(HUB), "");
      case OTHERS_CHILD ->
          new Placement(device, "smoke", new HomeId("h-1"), null, new DeviceId("hub-2"), "");
      default -> null;
    };
  }

  @Override
  public @Nullable Home home(HomeId home) {
    return null;
  }

  @Override
  public @Nullable Elder elder(ElderId elder) {
    return null;
  }

  @Override
  public @Nullable Responder responder(ResponderId responder) {
    return Set.of(DAUGHTER, "son").contains(responder.value())
        ? new Responder(responder, "Lin", "", "zh")
        : null;
  }

  @Override
  public List<AreaId> areaPath(AreaId area) {
    return List.of();
  }

  @Override
  public List<Contact> contacts(HomeId home, Set<ElderId> elders, Role role, Instant at) {
    return List.of();
  }

  @Override
  public Set<Role> roles(HomeId home, ElderId elder, ResponderId responder) {
    return Set.of();
  }

  @Override
  public List<List<Contact>> desks(HomeId home, Instant at) {
    return List.of();
  }

  @Override
  public List<Placement> devices(HomeId home) {
    return List.of();
  }

  @Override
  public List<Fence> fences(ElderId elder) {
    return List.of();
  }

  @Override
  public void eachHome(Consumer<HomeId> home) {}
}
