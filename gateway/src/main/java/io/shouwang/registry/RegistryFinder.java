package io.shouwang.registry;

import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.Finder;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches one generation of the registry. Any thread; whoever comes first prepares it. */
final class RegistryFinder implements Finder {
  private final Registry registry;
  private volatile @Nullable Prepared prepared;

  private record Prepared(AreaTree tree, HomeSearch homes, ResponderSearch responders) {}

  RegistryFinder(Registry registry) {
    this.registry = registry;
  }

  @Override
  public String hash() {
    return registry.hash();
  }

  @Override
  public Counts counts() {
    RegistryCounts counts = registry.counts();
    return new Counts(
        counts.areas(),
        counts.homes(),
        counts.elders(),
        counts.devices(),
        counts.responders(),
        counts.contacts(),
        counts.fences());
  }

  @Override
  public void prepare() {
    ready();
  }

  @Override
  public boolean isPrepared() {
    return prepared != null;
  }

  private Prepared ready() {
    Prepared known = prepared;
    return known == null ? make() : known;
  }

  private synchronized Prepared make() {
    Prepared known = prepared;
    if (known == null) {
      AreaTree tree = new AreaTree(registry);
      known =
          new Prepared(tree, new HomeSearch(registry, tree), new ResponderSearch(registry, tree));
      prepared = known;
    }
    return known;
  }

  @Override
  public Hits<ElderId> elders(Question question) {
    return ready().homes().elders(question).hits(row -> new ElderId(registry.elders.id(row)));
  }

  @Override
  public Hits<HomeId> homes(Question question) {
    return ready().homes().homes(question).hits(row -> new HomeId(registry.homes.id(row)));
  }

  @Override
  public Hits<ResponderId> responders(Question question) {
    return ready()
        .responders()
        .find(question)
        .hits(row -> new ResponderId(registry.responders.id(row)));
  }

  @Override
  public @Nullable Area area(AreaId area) {
    AreaTree tree = ready().tree();
    int row = tree.row(area);
    return row < 0 ? null : tree.card(row);
  }

  @Override
  public List<Area> areasIn(AreaId area) {
    AreaTree tree = ready().tree();
    int row = tree.row(area);
    return row < 0
        ? List.of()
        : Arrays.stream(tree.directlyBelow(row)).mapToObj(tree::card).toList();
  }

  @Override
  public boolean answersIn(ResponderId responder, AreaId area) {
    int row = registry.responders.find(responder.value());
    int areaRow = ready().tree().row(area);
    return row >= 0 && areaRow >= 0 && ready().responders().isIn(row, areaRow);
  }

  @Override
  public Hits<Holding> holdings(ResponderId responder, AreaId within, Instant at, int limit) {
    int row = registry.responders.find(responder.value());
    int area = ready().tree().row(within);
    if (row < 0 || area < 0) {
      return new Hits<>(List.of(), 0, false);
    }
    ResponderSearch responders = ready().responders();
    int[] contacts = responders.contactsIn(row, area);
    List<Holding> held =
        Arrays.stream(contacts)
            .limit(limit)
            .mapToObj(contact -> responders.holding(contact, responder, at))
            .toList();
    return new Hits<>(held, Math.min(contacts.length, COUNTED_MAX), contacts.length > COUNTED_MAX);
  }

  @Override
  public List<DeviceId> childrenOf(DeviceId hub) {
    return registry.childrenOf(hub);
  }
}
