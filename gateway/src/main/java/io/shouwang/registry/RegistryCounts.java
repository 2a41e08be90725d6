package io.shouwang.registry;

/** How many of each a registry holds. */
public record RegistryCounts(
    int areas,
    int homes,
    int elders,
    int devices,
    int responders,
    int contacts,
    int operators,
    int fences) {

  /** For a person. */
  @Override
  public String toString() {
    return String.join(
        ", ",
        counted(areas, "area"),
        counted(homes, "home"),
        counted(elders, "elder"),
        counted(devices, "device"),
        counted(responders, "responder"),
        counted(contacts, "contact"),
        counted(operators, "operator"),
        counted(fences, "fence"));
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
