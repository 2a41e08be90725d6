package io.shouwang.rules;

import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.senses.DeviceSense;
import io.shouwang.senses.Senses;
import io.shouwang.senses.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a home's devices would tell us anything: what was registered and never heard is no
 * protection, however well it may sound on site. Pure: the same home, registry, limits and time
 * give the same answer.
 *
 * @param devices all that are registered for the home, in the registry's order
 */
public record Protection(HomeId home, Instant at, Sum sum, List<OfDevice> devices) {

  /** What one device is worth now; the first that applies. */
  public enum State {
    /** Its model only sounds on site, and never reports. */
    LOCAL_ONLY(false),
    /** Registered, and never heard: in its box, without a card, or the wrong number. */
    NEVER_HEARD(false),
    /** Heard once, and silent for longer than its type may be, or it said goodbye. */
    SILENT(false),
    /** It says that it is out of order, or that it was tampered with. */
    FAULT(false),
    /** On its charger, so not on the wrist. */
    CHARGING(false),
    /** It says that it is not worn, or measures nothing but bad contact. */
    NOT_WORN(false),
    /** It works, and not for long. */
    LOW_BATTERY(true),
    /** It reports; whether its button or sensor works nobody has tried for too long. */
    TEST_OVERDUE(true),
    PROTECTS(true);

    private final boolean protecting;

    State(boolean protecting) {
      this.protecting = protecting;
    }

    /** Whether an alarm of it would reach us. */
    public boolean isProtecting() {
      return protecting;
    }
  }

  /** What a home's devices are worth together. */
  public enum Sum {
    /** No device of it would reach us, or it has none. */
    NONE,
    PARTLY,
    FULL
  }

  /**
   * One device.
   *
   * @param since since when it is so; null when that isn't known
   * @param heardAt when it was heard last; null if never
   * @param testedAt when it was tried out last; null if never
   * @param testOverdue whether it must be tried out, whatever else is wrong with it
   * @param batteryPct null if it never said
   * @param batteryLow whatever else is wrong with it
   * @param said what else is known of it; null if it was never heard
   */
  public record OfDevice(
      DeviceId device,
      String type,
      String model,
      @Nullable ElderId elder,
      State state,
      @Nullable Instant since,
      @Nullable Instant heardAt,
      @Nullable Instant testedAt,
      boolean testOverdue,
      @Nullable Integer batteryPct,
      boolean batteryLow,
      @Nullable Said said) {}

  /**
   * What a device was heard to say of itself; null for what it never said.
   *
   * @param worn whether it is on the wrist, and {@code wornSince} since when that holds
   * @param online what it, or its will, said last
   * @param behind how far its clock runs behind ours, negative when ahead; null when not known
   */
  public record Said(
      @Nullable Boolean worn,
      @Nullable Instant wornSince,
      @Nullable Boolean charging,
      @Nullable Boolean online,
      @Nullable Instant onlineSince,
      boolean faulty,
      boolean tampered,
      @Nullable Duration behind) {}

  public Protection {
    devices = List.copyOf(devices);
  }

  /** What protects a home now. */
  public static Protection of(
      HomeId home, Directory directory, LimitsBook book, Senses senses, Instant now) {
    List<OfDevice> devices = new ArrayList<>();
    Limits ofHome = book.of(directory, home);
    int protecting = 0;
    for (Directory.Placement placement : directory.devices(home)) {
      ElderId elder = placement.elder();
      Limits limits = elder == null ? ofHome : book.of(directory, home, elder);
      DeviceSense sense = senses.device(placement.device());
      OfDevice device = of(placement, sense, limits.devices(), now);
      devices.add(device);
      protecting += device.state().isProtecting() ? 1 : 0;
    }
    Sum sum = protecting == 0 ? Sum.NONE : protecting == devices.size() ? Sum.FULL : Sum.PARTLY;
    return new Protection(home, now, sum, devices);
  }

  private static OfDevice of(
      Directory.Placement placement,
      @Nullable DeviceSense sense,
      DeviceSettings settings,
      Instant now) {
    boolean overdue = isTestOverdue(placement, sense, settings, now);
    State state = state(placement, sense, settings, overdue, now);
    return new OfDevice(
        placement.device(),
        placement.type(),
        placement.model(),
        placement.elder(),
        state,
        sense == null ? null : since(state, sense),
        sense == null ? null : instant(sense.heardAt()),
        sense == null ? null : instant(sense.testedAt()),
        overdue,
        sense == null || sense.batteryPct() < 0 ? null : sense.batteryPct(),
        sense != null && isBatteryLow(sense, settings),
        sense == null ? null : said(sense));
  }

  private static Said said(DeviceSense sense) {
    return new Said(
        flag(sense.worn()),
        instant(sense.wornAt()),
        flag(sense.charging()),
        flag(sense.online()),
        instant(sense.onlineAt()),
        sense.fault() == DeviceSense.FAULTY,
        sense.fault() == DeviceSense.TAMPERED,
        sense.clock().samples() == 0 ? null : Duration.ofMillis(sense.clock().millis()));
  }

  private static @Nullable Boolean flag(int value) {
    return value == DeviceSense.UNKNOWN ? null : value == 1;
  }

  private static State state(
      Directory.Placement placement,
      @Nullable DeviceSense sense,
      DeviceSettings settings,
      boolean overdue,
      Instant now) {
    if (sense == null) {
      return settings.localModels().contains(placement.model())
          ? State.LOCAL_ONLY
          : State.NEVER_HEARD;
    }
    if (isSilent(placement, sense, settings, now)) {
      return State.SILENT;
    }
    if (sense.fault() != DeviceSense.SOUND) {
      return State.FAULT;
    }
    if (isOff(sense)) {
      return sense.charging() == 1 ? State.CHARGING : State.NOT_WORN;
    }
    if (isBatteryLow(sense, settings)) {
      return State.LOW_BATTERY;
    }
    return overdue ? State.TEST_OVERDUE : State.PROTECTS;
  }

  private static boolean isBatteryLow(DeviceSense sense, DeviceSettings settings) {
    return sense.batteryPct() >= 0
        && sense.batteryPct() <= settings.batteryLowPct()
        && sense.charging() != 1;
  }

  private static @Nullable Instant since(State state, DeviceSense sense) {
    return switch (state) {
      case SILENT -> instant(sense.online() == 0 ? sense.onlineAt() : sense.heardAt());
      case NOT_WORN -> instant(offSince(sense));
      case LOCAL_ONLY, NEVER_HEARD, FAULT, CHARGING, LOW_BATTERY, TEST_OVERDUE, PROTECTS -> null;
    };
  }

  /** Not heard for longer than it may be, or gone by its own word. */
  static boolean isSilent(
      Directory.Placement placement, DeviceSense sense, DeviceSettings settings, Instant now) {
    Duration limit = settings.silentAfter(placement.type(), placement.model());
    return sense.online() == 0 || now.toEpochMilli() - sense.heardAt() >= limit.toMillis();
  }

  /** Off the wrist, by what it says or by measuring nothing. */
  static boolean isOff(DeviceSense sense) {
    return offSince(sense) > 0;
  }

  /** Since when it is off the wrist, milliseconds of the epoch; 0 if it isn't, or nobody knows. */
  static long offSince(DeviceSense sense) {
    if (sense.worn() == 0) {
      return sense.wornAt();
    }
    Vitals vitals = sense.vitals();
    return vitals == null ? 0 : vitals.badSince();
  }

  static boolean isTestOverdue(
      Directory.Placement placement,
      @Nullable DeviceSense sense,
      DeviceSettings settings,
      Instant now) {
    Duration every = settings.testEvery().get(placement.type());
    return every != null
        && (sense == null
            || sense.testedAt() == 0
            || now.toEpochMilli() - sense.testedAt() >= every.toMillis());
  }

  private static @Nullable Instant instant(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }
}
