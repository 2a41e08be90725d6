package io.shouwang.map;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tiles beneath the outlines: pictures or vectors of the ground, in squares by zoom level. */
public sealed interface Basemap {

  /** Whose map it is, as the law or a licence wants it said on the map; empty for nobody's. */
  String attribution();

  /**
   * The origins that a browser fetches tiles from, such as {@code https://t0.tianditu.gov.cn}, for
   * the page's content security policy. None for tiles of our own.
   */
  List<String> origins();

  /** The outlines alone. */
  record None() implements Basemap {
    @Override
    public String attribution() {
      return "";
    }

    @Override
    public List<String> origins() {
      return List.of();
    }
  }

  /** One file of vector tiles (PMTiles, version 3) on this machine, which the gateway serves. */
  record Pmtiles(Path file, String attribution) implements Basemap {
    @Override
    public List<String> origins() {
      return List.of();
    }
  }

  /**
   * The national map (天地图), in CGCS2000: no shift against WGS-84.
   *
   * @param key for use in browsers; it goes to each console, since they fetch the tiles
   */
  record Tianditu(String key, String attribution) implements Basemap {
    private static final int HOSTS = 8;

    /** {@code {s}} is one of {@link #subdomains}, {@code {layer}} {@code vec} or {@code cva}. */
    public String template() {
      return "https://{s}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
          + "&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
          + "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}";
    }

    public List<String> subdomains() {
      return IntStream.range(0, HOSTS).mapToObj(number -> "t" + number).toList();
    }

    @Override
    public List<String> origins() {
      return subdomains().stream().map(one -> "https://" + one + ".tianditu.gov.cn").toList();
    }

    /** Without the key. */
    @Override
    public String toString() {
      return "Tianditu[attribution=" + attribution + "]";
    }
  }

  /**
   * A city's own map server.
   *
   * @param template a tile's address with {@code {z}}, {@code {x}}, {@code {y}}, and {@code {s}} if
   *     there are subdomains; tiles of the web Mercator grid
   * @param subdomains that take turns in the place of {@code {s}}
   * @param zoomMax the nearest level that the server has
   */
  record Wmts(String template, List<String> subdomains, String attribution, int zoomMax)
      implements Basemap {
    public Wmts {
      subdomains = List.copyOf(subdomains);
    }

    @Override
    public List<String> origins() {
      List<String> names = subdomains.isEmpty() ? List.of("") : subdomains;
      return names.stream().map(this::origin).distinct().toList();
    }

    private String origin(String subdomain) {
      String origin = originOf(template, subdomain);
      if (origin == null) {
        throw new IllegalStateException("a template is checked when it is read");
      }
      return origin;
    }

    /** The origin that a template leads to; null when it leads nowhere that a browser may go. */
    public static @Nullable String originOf(String template, String subdomain) {
      try {
        URI uri = URI.create(template.replace("{s}", subdomain).replaceAll("\\{[a-z]+}", "0"));
        boolean isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!isWeb || uri.getHost() == null || uri.getUserInfo() != null) {
          return null;
        }
        int port = uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + (port < 0 ? "" : ":" + port);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    /** Without a key that may stand in it. */
    @Override
    public String toString() {
      return "Wmts[origins=" + origins() + "]";
    }
  }
}
