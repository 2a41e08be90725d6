package io.shouwang.signon;

import io.shouwang.model.OperatorRole;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider, and what is believed of it: {@code sign_on} of {@code gateway.yaml}.
 *
 * @param issuer its name, exactly as its tokens have it; what it offers is found from there
 * @param client what this gateway is called there
 * @param secret the client's; never logged
 * @param secretInBody the secret goes with the form instead of the header
 * @param returnTo where it sends browsers back to, exactly as it was registered there
 * @param title what it is called on the login page, in Chinese and English
 * @param scopes what is asked for; {@code openid} among them
 * @param skew how far its clock may be from ours
 * @param methods one of these must be in {@code amr}; empty if anything will do
 */
public record SignOnSettings(
    URI issuer,
    String client,
    String secret,
    boolean secretInBody,
    URI returnTo,
    Title title,
    List<String> scopes,
    Claims claims,
    boolean accountFirst,
    boolean administrators,
    Duration skew,
    Set<String> methods) {

  public SignOnSettings {
    scopes = List.copyOf(scopes);
    methods = Set.copyOf(methods);
  }

  /** Its name for people. */
  public record Title(String zh, String en) {}

  /**
   * Which claims say what.
   *
   * @param person the login name here
   * @param name how somebody is called
   * @param roles null if roles are given here alone
   * @param area null if areas are given here alone
   */
  public record Claims(
      String person, String name, @Nullable RoleClaim roles, @Nullable AreaClaim area) {}

  /** A claim whose values are roles: those of the map, and no others. */
  public record RoleClaim(String claim, Map<String, OperatorRole> values) {
    public RoleClaim {
      values = Map.copyOf(values);
    }
  }

  /**
   * A claim whose value is an area.
   *
   * @param values areas by the claim's value; empty if the value is the area's id itself
   */
  public record AreaClaim(String claim, Map<String, String> values) {
    public AreaClaim {
      values = Map.copyOf(values);
    }
  }

  @Override
  public String toString() {
    return "SignOnSettings[" + issuer + "]";
  }
}
