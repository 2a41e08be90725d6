package io.shouwang.signon;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Whether an ID token holds (OpenID Connect Core 3.1.3.7): signed by a key of the provider's that
 * is no shared secret, by this issuer, for this client alone, now, and for this very sign-on.
 */
record TokenCheck(SignOnSettings settings, JWKSource<SecurityContext> keys) {
  /** What a public key verifies; {@code none} and all that a client's secret signs are left out. */
  static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final Set<String> REQUIRED = Set.of("sub", "aud", "exp", "iat", "nonce");

  JWTClaimsSet check(JWT token, Ticket ticket, Instant now) throws NotSignedOn {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null)); // no access tokens
    Claims claims =
        new Claims(
            settings.client(),
            new JWTClaimsSet.Builder()
                .issuer(settings.issuer().toString())
                .claim("nonce", ticket.nonce())
                .build(),
            now);
    claims.setMaxClockSkew(Math.toIntExact(settings.skew().toSeconds()));
    processor.setJWTClaimsSetVerifier(claims);
    try {
      JWTClaimsSet said = processor.process(token, null);
      further(said, ticket, now);
      return said;
    } catch (KeySourceException e) {
      throw Provider.unavailable("its keys: " + e.getClass().getSimpleName());
    } catch (BadJOSEException | JOSEException e) {
      throw new NotSignedOn(NotSignedOn.Why.TOKEN, String.valueOf(e.getMessage()));
    } catch (ParseException e) {
      throw new NotSignedOn(NotSignedOn.Why.TOKEN, "a claim can't be read");
    }
  }

  private void further(JWTClaimsSet said, Ticket ticket, Instant now)
      throws ParseException, NotSignedOn {
    String authorized = said.getStringClaim("azp");
    boolean isOurs = settings.client().equals(authorized);
    if (authorized == null ? said.getAudience().size() > 1 : !isOurs) {
      throw new NotSignedOn(NotSignedOn.Why.TOKEN, "it is another party's (azp)");
    }
    Date issuedAt = said.getIssueTime();
    if (issuedAt == null || issuedAt.toInstant().isAfter(now.plus(settings.skew()))) {
      throw new NotSignedOn(NotSignedOn.Why.TOKEN, "it was issued in the future");
    }
    if (ticket.again()) {
      Date provedAt = said.getDateClaim("auth_time");
      if (provedAt == null
          || provedAt.toInstant().isBefore(ticket.begunAt().minus(settings.skew()))) {
        throw new NotSignedOn(NotSignedOn.Why.TOKEN, "nobody showed anew who they are (auth_time)");
      }
    }
    if (!settings.methods().isEmpty()) {
      List<String> used = said.getStringListClaim("amr");
      if (used == null || used.stream().noneMatch(settings.methods()::contains)) {
        throw new NotSignedOn(NotSignedOn.Why.TOKEN, "not by one of the methods asked for (amr)");
      }
    }
  }

  /** The library's checks, by our clock. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final Instant now;

    Claims(String audience, JWTClaimsSet exact, Instant now) {
      super(audience, exact, REQUIRED);
      this.now = now;
    }

    @Override
    protected Date currentTime() {
      return Date.from(now);
    }
  }
}
