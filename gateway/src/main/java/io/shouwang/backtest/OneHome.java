package io.shouwang.backtest;

import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A registry for a recording that came without one: one home, one elder, and all devices in it.
 * Immutable.
 */
final class OneHome implements Directory {
  static final HomeId HOME = new HomeId("home");
  private static final ElderId ELDER = new ElderId("elder");
  private static final AreaId AREA = new AreaId("area");

  private final Map<DeviceId, Placement> devices = new LinkedHashMap<>();

  OneHome(List<RecordedDevices.Seen> seen) {
    for (RecordedDevices.Seen one : seen) {
      RecordedKind kind = one.kind;
      if (one.device != null && kind != null) {
        ElderId elder = kind.isOfPerson() ? ELDER : null;
        devices.put(
            one.device, new Placement(one.device, kind.deviceType(), HOME, elder, null, ""));
      }
    }
  }

  @Override
  public String hash() {
    return "";
  }

  @Override
  public @Nullable Placement placement(DeviceId device) {
    return devices.get(device);
  }

  @Override
  public @Nullable Home home(HomeId home) {
    return home.equals(HOME) ? new Home(HOME, AREA, "", "", "", List.of(ELDER), "", null) : null;
  }

  @Override
  public @Nullable Elder elder(ElderId elder) {
    return elder.equals(ELDER) ? new Elder(ELDER, HOME, "", null, "", "", Set.of(), "") : null;
  }

  @Override
  public @Nullable Responder responder(ResponderId responder) {
    return null;
  }

  @Override
  public List<Placement> devices(HomeId home) {
    return home.equals(HOME) ? List.copyOf(devices.values()) : List.of();
  }

  @Override
  public List<Fence> fences(ElderId elder) {
    return List.of();
  }

  @Override
  public void eachHome(Consumer<HomeId> home) {
    home.accept(HOME);
  }

  @Override
  public List<AreaId> areaPath(AreaId area) {
    return List.of(area);
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
}
