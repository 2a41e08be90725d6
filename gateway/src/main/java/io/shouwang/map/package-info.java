/**
 * The ground under the console's map: outlines of areas, streets and waters from a GeoJSON file,
 * and the tiles beneath them, if a city has any. Knows nothing of homes or alerts.
 */
@NullMarked
package io.shouwang.map;

import org.jspecify.annotations.NullMarked;
