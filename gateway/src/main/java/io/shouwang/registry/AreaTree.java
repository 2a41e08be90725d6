package io.shouwang.registry;

import io.shouwang.model.AreaId;
import io.shouwang.model.Finder;
import java.util.Arrays;

/** Areas as they lie in each other, with what is in them. Immutable, any thread. */
final class AreaTree {
  private final RowTable areas;
  private final int[] parent;
  private final Groups below;

  /** Each area after the one it lies in. */
  private final int[] order;

  private final int[] homes;
  private final int[] elders;

  AreaTree(Registry registry) {
    areas = registry.areas;
    parent = registry.areaParent;
    below = registry.subAreas;
    order = order();
    homes = new int[parent.length];
    elders = new int[parent.length];
    for (int home = 0; home < registry.homeArea.length; home++) {
      int area = registry.homeArea[home];
      if (area >= 0) {
        homes[area]++;
        elders[area] += registry.eldersOfHome.count(home);
      }
    }
    for (int i = order.length - 1; i >= 0; i--) {
      int above = parent[order[i]];
      if (above >= 0) {
        homes[above] += homes[order[i]];
        elders[above] += elders[order[i]];
      }
    }
  }

  private int[] order() {
    int[] ordered = new int[parent.length];
    int size = 0;
    for (int area = 0; area < parent.length; area++) {
      if (parent[area] < 0) {
        ordered[size++] = area;
      }
    }
    for (int done = 0; done < size; done++) {
      for (int i = 0; i < below.count(ordered[done]); i++) {
        ordered[size++] = below.member(ordered[done], i);
      }
    }
    return ordered;
  }

  /** The row of an area; -1 if it isn't registered. */
  int row(AreaId area) {
    return areas.find(area.value());
  }

  boolean isTopmost(int area) {
    return parent[area] < 0;
  }

  int homes(int area) {
    return homes[area];
  }

  /** The area and all below it. */
  boolean[] below(int area) {
    boolean[] in = new boolean[parent.length];
    in[area] = true;
    spread(in);
    return in;
  }

  /** The areas whose name has a word, or whose id it is, and all below them; empty if none. */
  boolean[] named(Term term, Reading reading) {
    boolean[] named = new boolean[parent.length];
    boolean isAny = false;
    for (int area = 0; area < named.length; area++) {
      named[area] =
          reading.of(areas, area, Draft.AREA_NAME).has(term.text)
              || reading.of(areas, area, 0).is(term.text);
      isAny |= named[area];
    }
    if (!isAny) {
      return new boolean[0];
    }
    spread(named);
    return named;
  }

  private void spread(boolean[] in) {
    for (int area : order) {
      if (parent[area] >= 0 && in[parent[area]]) {
        in[area] = true;
      }
    }
  }

  /** Whether an area is another or lies above it. */
  boolean isAbove(int above, int area) {
    for (int at = area; at >= 0; at = parent[at]) {
      if (at == above) {
        return true;
      }
    }
    return false;
  }

  Finder.Area card(int area) {
    return new Finder.Area(
        new AreaId(areas.id(area)),
        areas.text(area, Draft.AREA_NAME),
        areas.text(area, Draft.AREA_LEVEL),
        parent[area] < 0 ? null : new AreaId(areas.id(parent[area])),
        below.count(area),
        homes[area],
        elders[area]);
  }

  int[] directlyBelow(int area) {
    int[] rows = new int[below.count(area)];
    Arrays.setAll(rows, i -> below.member(area, i));
    return rows;
  }
}
