package io.shouwang.rules;

import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.HomeId;
import io.shouwang.model.Point;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A home by a river, with Mrs Lin in it and a bracelet on her wrist. Places are metres from home,
 * east and north.
 *
 * @param fences hers
 * @param categories hers
 */
public record Riverside(List<Fence> fences, Set<String> categories) implements Directory {
  public static final HomeId HOME = new HomeId("h-lin");
  public static final ElderId MRS_LIN = new ElderId("e-lin");
  public static final DeviceId BAND = new DeviceId("band");
  public static final Point AT = new Point(32.06, 120.86);

  /** 500 m around home, and a river 300 m to the south, 60 m wide. */
  public static final Riverside USUAL =
      new Riverside(
          List.of(
              fence("around", "Peach Lane", Fence.Kind.SAFE, 500, AT),
              fence(
                  "river",
                  "Hao River",
                  Fence.Kind.DANGER,
                  0,
                  place(-2_000, -300),
                  place(2_000, -300),
                  place(2_000, -360),
                  place(-2_000, -360))),
          Set.of());

  /** The place so many metres to the east and the north of home. */
  public static Point place(double east, double north) {
    double degreeM = Math.toRadians(1) * 6_371_008.8;
    return new Point(
        AT.lat() + north / degreeM, AT.lon() + east / degreeM / Math.cos(Math.toRadians(AT.lat())));
  }

  static Fence fence(String id, String name, Fence.Kind kind, double radiusM, Point... corners) {
    return new Fence(new Fence.FenceId(id), MRS_LIN, name, kind, radiusM, List.of(corners));
  }

  public Riverside with(String... care) {
    return new Riverside(fences, Set.of(care));
  }

  Riverside without(String fence) {
    return new Riverside(
        fences.stream().filter(f -> !f.id().value().equals(fence)).toList(), categories);
  }

  @Override
  public String hash() {
    return "00";
  }

  @Override
  public @Nullable Placement placement(DeviceId device) {
    return device.equals(BAND) ? new Placement(BAND, "bracelet", HOME, MRS_LIN, null, "") : null;
  }

  @Override
  public @Nullable Home home(HomeId home) {
    return home.equals(HOME)
        ? new Home(HOME, new AreaId("g"), "", "", "", List.of(MRS_LIN), "", AT)
        : null;
  }

  @Override
  public @Nullable Elder elder(ElderId elder) {
    return elder.equals(MRS_LIN)
        ? new Elder(MRS_LIN, HOME, "Lin", null, "", "", categories, "")
        : null;
  }

  @Override
  public @Nullable Responder responder(ResponderId responder) {
    return null;
  }

  @Override
  public List<Placement> devices(HomeId home) {
    Placement band = placement(BAND);
    return home.equals(HOME) && band != null ? List.of(band) : List.of();
  }

  @Override
  public List<Fence> fences(ElderId elder) {
    return elder.equals(MRS_LIN) ? fences : List.of();
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
    return switch (role.value()) {
      case "relative" -> List.of(new Contact(new ResponderId("daughter"), role, "daughter"));
      case "grid_worker" -> List.of(new Contact(new ResponderId("grid"), role, "grid worker"));
      default -> List.of();
    };
  }

  @Override
  public Set<Role> roles(HomeId home, ElderId elder, ResponderId responder) {
    return Set.of();
  }

  @Override
  public List<List<Contact>> desks(HomeId home, Instant at) {
    return List.of(List.of(new Contact(new ResponderId("desk"), Role.DUTY_DESK, "desk")));
  }
}
