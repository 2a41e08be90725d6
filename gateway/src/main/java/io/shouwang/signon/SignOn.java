package io.shouwang.signon;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.shouwang.host.Clock;
import io.shouwang.model.OperatorRole;
import io.shouwang.signon.NotSignedOn.Why;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Single sign-on by one provider: authorization code with PKCE (RFC 7636), state and nonce, each
 * good once and in the browser that began it alone. Any thread that may wait; closes its
 * connections.
 */
public final class SignOn implements AutoCloseable {
  /** From going to coming back; people type passwords there. */
  public static final Duration WITHIN = Duration.ofMinutes(10);

  private static final int SECRET_BYTES = 32;
  private static final int ENDED_MAX = 10_000;
  private static final int CODE_LENGTH_MAX = 2_048;
  private static final int SUBJECT_LENGTH_MAX = 255; // OpenID Connect Core 2

  private final SignOnSettings settings;
  private final Provider provider;
  private final Clock clock;
  private final SecureRandom random;
  private final Ticket.Seal seal;

  /** States that came back. Without a valid ticket none gets in here, so strangers fill nothing. */
  private final Map<String, Boolean> ended =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > ENDED_MAX;
        }
      };

  /**
   * Where a browser goes, and what it keeps meanwhile.
   *
   * @param ticket for a cookie that scripts can't read
   */
  public record Begun(URI goTo, String ticket) {
    @Override
    public String toString() {
      return "Begun[]";
    }
  }

  /**
   * What a browser brings back.
   *
   * @param issuer as RFC 9207 has it; null when not said
   * @param error the provider's word for a refusal; null when it didn't refuse
   */
  public record Returned(
      @Nullable String state,
      @Nullable String code,
      @Nullable String issuer,
      @Nullable String error,
      @Nullable String ticket) {
    @Override
    public String toString() {
      return "Returned[]";
    }
  }

  /**
   * Asks the provider nothing yet.
   *
   * @param clock civil time, by which the provider's tokens go
   */
  public SignOn(SignOnSettings settings, Clock clock) {
    this(settings, new Provider(settings, clock), clock);
  }

  SignOn(SignOnSettings settings, Provider provider, Clock clock) {
    this.settings = settings;
    this.provider = provider;
    this.clock = clock;
    this.random = new SecureRandom();
    this.seal = new Ticket.Seal(random);
  }

  public SignOnSettings settings() {
    return settings;
  }

  /**
   * Sends a browser to the provider.
   *
   * @param seat names the seat that the browser has; empty for none, no dots in it
   * @param again the seat is to be unlocked: whoever sits there shows anew who they are
   * @throws NotSignedOn UNAVAILABLE
   */
  public Begun begin(String seat, boolean again) throws NotSignedOn {
    Provider.Offer offer = provider.within(provider::offer);
    Ticket ticket = new Ticket(secret(), secret(), secret(), clock.wall(), seat, again);
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(settings.scopes().toArray(String[]::new)),
                new ClientID(settings.client()),
                settings.returnTo())
            .endpointURI(offer.authorization())
            .state(new State(ticket.state()))
            .nonce(new Nonce(ticket.nonce()))
            .codeChallenge(new CodeVerifier(ticket.verifier()), CodeChallengeMethod.S256);
    if (again) {
      request.maxAge(0);
    }
    return new Begun(request.build().toURI(), seal.seal(ticket));
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Finds out who came back.
   *
   * @throws NotSignedOn for anybody whom the provider doesn't vouch for in every respect
   */
  public SignedOn end(Returned returned) throws NotSignedOn {
    Instant now = clock.wall();
    Ticket ticket = ticket(returned, now);
    if (returned.error() != null) {
      throw new NotSignedOn(Why.DENIED, "the provider says no");
    }
    String issuer = returned.issuer();
    if (issuer != null && !issuer.equals(settings.issuer().toString())) {
      throw new NotSignedOn(Why.STATE, "another issuer answers");
    }
    String code = returned.code();
    if (code == null || code.isEmpty() || code.length() > CODE_LENGTH_MAX) {
      throw new NotSignedOn(Why.STATE, "there is no code");
    }
    return provider.within(() -> {
      Provider.Offer offer = provider.offer();
      JWTClaimsSet claims =
          new TokenCheck(settings, offer.keys())
              .check(provider.token(offer, code, ticket.verifier()), ticket, clock.wall());
      return signedOn(claims, ticket);
    });
  }

  private Ticket ticket(Returned returned, Instant now) throws NotSignedOn {
    String state = returned.state();
    String sealed = returned.ticket();
    Ticket ticket = sealed == null ? null : seal.open(sealed).orElse(null);
    if (ticket == null || state == null || !isSame(ticket.state(), state)) {
      throw new NotSignedOn(Why.STATE, "it was not begun in this browser");
    }
    Duration age = Duration.between(ticket.begunAt(), now);
    if (age.compareTo(WITHIN) > 0 || age.plus(settings.skew()).isNegative()) {
      throw new NotSignedOn(Why.STATE, "it was begun too long ago");
    }
    synchronized (ended) {
      if (ended.putIfAbsent(ticket.state(), true) != null) {
        throw new NotSignedOn(Why.STATE, "it has ended already");
      }
    }
    return ticket;
  }

  private static boolean isSame(String expected, String said) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), said.getBytes(StandardCharsets.UTF_8));
  }

  private SignedOn signedOn(JWTClaimsSet claims, Ticket ticket) throws NotSignedOn {
    try {
      SignOnSettings.Claims words = settings.claims();
      String subject = claims.getSubject();
      if (subject.isEmpty() || subject.length() > SUBJECT_LENGTH_MAX) {
        throw new NotSignedOn(Why.CLAIMS, "sub can't be used");
      }
      String person = claims.getStringClaim(words.person());
      if (person == null || person.isBlank()) {
        throw new NotSignedOn(Why.CLAIMS, "no claim " + words.person());
      }
      String name = claims.getStringClaim(words.name());
      return new SignedOn(
          settings.issuer().toString(),
          subject,
          person.strip(),
          name == null ? "" : name.strip(),
          roles(claims, words.roles()),
          area(claims, words.area()),
          ticket.seat(),
          ticket.again());
    } catch (ParseException e) {
      throw new NotSignedOn(Why.CLAIMS, "a claim is no text");
    }
  }

  private static @Nullable Set<OperatorRole> roles(
      JWTClaimsSet claims, SignOnSettings.@Nullable RoleClaim words) throws ParseException {
    if (words == null) {
      return null;
    }
    Set<OperatorRole> roles = EnumSet.noneOf(OperatorRole.class);
    for (String value : texts(claims, words.claim())) {
      OperatorRole role = words.values().get(value);
      if (role != null) {
        roles.add(role);
      }
    }
    return roles;
  }

  private static @Nullable String area(
      JWTClaimsSet claims, SignOnSettings.@Nullable AreaClaim words) throws ParseException {
    if (words == null) {
      return null;
    }
    List<String> values = texts(claims, words.claim());
    if (values.size() != 1) {
      return null;
    }
    return words.values().isEmpty() ? values.getFirst() : words.values().get(values.getFirst());
  }

  /** A claim that is one text or several. */
  private static List<String> texts(JWTClaimsSet claims, String claim) throws ParseException {
    if (claims.getClaim(claim) instanceof String text) {
      return List.of(text);
    }
    List<String> texts = claims.getStringListClaim(claim);
    return texts == null ? List.of() : texts;
  }

  @Override
  public void close() {
    provider.close();
  }
}
