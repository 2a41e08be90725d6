package io.shouwang.custom;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Map;
import java.util.Optional;

/**
 * What an expression may speak of, with types, so that a slip of the pen is found when it is
 * loaded. {@link Scene} gives the values. Immutable.
 */
final class Vocabulary implements CelTypeProvider {
  private static final CelType INT = SimpleType.INT;
  private static final CelType BOOL = SimpleType.BOOL;
  private static final CelType TEXT = SimpleType.STRING;
  private static final CelType TEXTS = ListType.create(SimpleType.STRING);

  static final StructType ELDER =
      struct("elder", Map.of("id", TEXT, "age", INT, "categories", TEXTS, "ability", TEXT));

  static final StructType DEVICE =
      struct(
          "device",
          Map.of(
              "id", TEXT,
              "type", TEXT,
              "model", TEXT,
              "heard_minutes", INT,
              "battery_pct", INT,
              "worn", BOOL,
              "charging", BOOL,
              "online", BOOL,
              "tested_days", INT));

  static final StructType HOME =
      struct(
          "home",
          Map.of(
              "id", TEXT,
              "silent_minutes", INT,
              "door_minutes", INT,
              "after_door", BOOL,
              "devices", ListType.create(DEVICE),
              "elders", ListType.create(ELDER),
              "modes", TEXTS,
              "open_alerts", TEXTS));

  /** What the device said, field by field, and its kind, device and type. */
  static final CelType EVENT = MapType.create(SimpleType.STRING, SimpleType.DYN);

  private static final Map<String, CelType> STRUCTS =
      Map.of(ELDER.name(), ELDER, DEVICE.name(), DEVICE, HOME.name(), HOME);

  private static StructType struct(String name, Map<String, CelType> named) {
    ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(named);
    return StructType.create(
        "shouwang." + name,
        ImmutableSet.copyOf(fields.keySet()),
        field -> Optional.ofNullable(fields.get(field)));
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(STRUCTS.values());
  }

  @Override
  public Optional<CelType> findType(String name) {
    return Optional.ofNullable(STRUCTS.get(name));
  }
}
