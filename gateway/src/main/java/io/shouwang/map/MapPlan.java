package io.shouwang.map;

import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import org.jspecify.annotations.Nullable;

/**
 * What the map is drawn on.
 *
 * @param outlines of a city's own file; null for none
 * @param base the tiles beneath
 * @param view what is shown while nothing else says where to look; null for nothing
 */
public record MapPlan(@Nullable Outlines outlines, Basemap base, @Nullable View view) {
  /** Nothing but the made-up city, where that is the city. */
  public static final MapPlan STANDARD = new MapPlan(null, new Basemap.None(), null);

  /** Of the made-up city that the first registry speaks of. */
  private static final AreaId MADE_UP = new AreaId("c-yunjin");

  /** The middle of a map in degrees WGS-84, and how near, by the zoom levels of web maps. */
  public record View(double lat, double lon, int zoom) {}

  /**
   * The outlines to draw: the city's own; else those of the made-up city while the registry in
   * force is about it, for under anybody's real homes they would be a lie. Null for none.
   */
  public @Nullable Outlines outlines(Directory directory) {
    if (outlines != null) {
      return outlines;
    }
    return directory.areaPath(MADE_UP).isEmpty() ? null : Outlines.madeUp();
  }
}
