package io.shouwang.map;

import io.shouwang.model.AreaId;
import io.shouwang.yaml.ConfigProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Outlines of a city, checked, as the page draws them: GeoJSON with nothing in it but what is
 * drawn. Immutable, any thread.
 */
public final class Outlines {
  private static final String MADE_UP = "yunjin.geojson";

  private final byte[] json;
  private final String hash;
  private final Set<AreaId> areas;

  Outlines(byte[] json, String hash, Set<AreaId> areas) {
    this.json = json;
    this.hash = hash;
    this.areas = Set.copyOf(areas);
  }

  /** UTF-8; not to be changed. */
  @SuppressWarnings("EI_EXPOSE_REP")
  public byte[] json() {
    return json;
  }

  /** The beginning of its SHA-256 in hex: another content has another. */
  public String hash() {
    return hash;
  }

  /** The registry's areas that have an outline. */
  public Set<AreaId> areas() {
    return areas;
  }

  /** The made-up city that comes with the program. */
  static Outlines madeUp() {
    return MadeUp.CITY;
  }

  /** Read once, by whoever asks first. */
  private static final class MadeUp {
    static final Outlines CITY = read();

    private static Outlines read() {
      try (InputStream in = Outlines.class.getResourceAsStream(MADE_UP)) {
        if (in == null) {
          throw new IllegalStateException(MADE_UP + " is missing from the program");
        }
        List<ConfigProblem> problems = new ArrayList<>();
        Outlines outlines = OutlinesReader.read(MADE_UP, in.readAllBytes(), problems);
        if (outlines == null) {
          throw new IllegalStateException(problems.toString());
        }
        return outlines;
      } catch (IOException e) {
        throw new UncheckedIOException(MADE_UP, e);
      }
    }
  }
}
