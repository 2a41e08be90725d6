package io.shouwang.signon;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The provider, as it is spoken with: what it offers, its keys, and codes for tokens. Bounded in
 * time, bytes and how many speak with it at once; follows no redirect. Any thread that may wait.
 */
final class Provider implements AutoCloseable {
  static final Duration WITHIN = Duration.ofSeconds(8);

  /** One whole sign-on, at most: they wait for somebody else's machine. */
  private static final int UNDER_WAY_MAX = 32;

  private static final Duration OFFER_LASTS = Duration.ofHours(1);

  /** It is not asked again at once by each who comes. */
  private static final Duration FAILURE_LASTS = Duration.ofSeconds(5);

  private static final long KEYS_LAST_MILLIS = Duration.ofMinutes(15).toMillis();
  private static final long KEYS_RENEWED_MILLIS = Duration.ofSeconds(10).toMillis();
  private static final long KEYS_OUTLAST_MILLIS = Duration.ofHours(4).toMillis();

  private final SignOnSettings settings;
  private final Clock clock;
  private final Http http;
  private final Semaphore underWay = new Semaphore(UNDER_WAY_MAX);
  private @Nullable Offer offer;
  private long offeredAtNanos;
  private long failedAtNanos;
  private boolean hasFailed;

  /** What it offers. */
  record Offer(URI authorization, URI token, JWKSource<SecurityContext> keys) {}

  Provider(SignOnSettings settings, Clock clock) {
    this(settings, clock, WITHIN);
  }

  Provider(SignOnSettings settings, Clock clock, Duration within) {
    this.settings = settings;
    this.clock = clock;
    this.http = new Http(within, null);
  }

  /** What is done while the provider is spoken with. */
  interface Talk<T> {
    T talk() throws NotSignedOn;
  }

  <T> T within(Talk<T> talk) throws NotSignedOn {
    if (!underWay.tryAcquire()) {
      throw unavailable("too many sign on at once");
    }
    try {
      return talk.talk();
    } finally {
      underWay.release();
    }
  }

  /** Asks anew once in a while; what it offered before serves while it doesn't answer. */
  synchronized Offer offer() throws NotSignedOn {
    long now = clock.nanos();
    Offer known = offer;
    if (known != null && now - offeredAtNanos < OFFER_LASTS.toNanos()) {
      return known;
    }
    if (hasFailed && now - failedAtNanos < FAILURE_LASTS.toNanos()) {
      if (known != null) {
        return known;
      }
      throw unavailable("it did not answer a moment ago");
    }
    try {
      Offer asked = ask();
      offer = asked;
      offeredAtNanos = now;
      hasFailed = false;
      return asked;
    } catch (NotSignedOn e) {
      failedAtNanos = clock.nanos();
      hasFailed = true;
      if (known != null) {
        return known;
      }
      throw e;
    }
  }

  private Offer ask() throws NotSignedOn {
    String issuer = settings.issuer().toString();
    String path = (issuer.endsWith("/") ? "" : "/") + ".well-known/openid-configuration";
    Http.Reply reply;
    try {
      reply = http.get(URI.create(issuer + path), Map.of("Accept", "application/json"));
    } catch (Http.NoAnswer e) {
      throw unavailable("its description: " + e.getMessage());
    }
    if (reply.status() != 200) {
      throw unavailable("its description: status " + reply.status());
    }
    try {
      OIDCProviderMetadata said =
          OIDCProviderMetadata.parse(new String(reply.body().bytes(), StandardCharsets.UTF_8));
      if (!said.getIssuer().getValue().equals(issuer)) {
        throw unavailable("its description is another issuer's");
      }
      URI keys = trusted(said.getJWKSetURI(), "keys");
      return new Offer(
          trusted(said.getAuthorizationEndpointURI(), "authorization"),
          trusted(said.getTokenEndpointURI(), "token"),
          JWKSourceBuilder.<SecurityContext>create(keys.toURL(), this::keys)
              .cache(KEYS_LAST_MILLIS, WITHIN.toMillis())
              .refreshAheadCache(false)
              .rateLimited(KEYS_RENEWED_MILLIS)
              .outageTolerant(KEYS_OUTLAST_MILLIS)
              .build());
    } catch (ParseException | MalformedURLException e) {
      throw unavailable("its description can't be read");
    }
  }

  /** By TLS, unless the issuer itself is a program on this machine. */
  private URI trusted(@Nullable URI uri, String what) throws NotSignedOn {
    boolean isTrusted =
        uri != null
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && ("https".equals(uri.getScheme())
                || ("http".equals(settings.issuer().getScheme()) && isLoopback(uri)));
    if (!isTrusted || uri == null) {
      throw unavailable("its description has no https address for " + what);
    }
    return uri;
  }

  /** Whether it is plain HTTP to this machine. */
  static boolean isLoopback(URI uri) {
    String host = uri.getHost();
    if (!"http".equals(uri.getScheme()) || host == null) {
      return false;
    }
    try {
      return host.equals("localhost")
          || InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Resource keys(URL url) throws IOException {
    try {
      Http.Reply reply = http.get(URI.create(url.toString()), Map.of("Accept", "application/json"));
      if (reply.status() != 200) {
        throw new IOException("status " + reply.status());
      }
      return new Resource(
          new String(reply.body().bytes(), StandardCharsets.UTF_8), "application/json");
    } catch (Http.NoAnswer e) {
      throw new IOException("no answer", e);
    }
  }

  /** The ID token for a code; unchecked. */
  JWT token(Offer offer, String code, String verifier) throws NotSignedOn {
    ClientID client = new ClientID(settings.client());
    Secret secret = new Secret(settings.secret());
    ClientAuthentication who =
        settings.secretInBody()
            ? new ClientSecretPost(client, secret)
            : new ClientSecretBasic(client, secret);
    TokenRequest order =
        new TokenRequest.Builder(
                offer.token(),
                who,
                new AuthorizationCodeGrant(
                    new AuthorizationCode(code), settings.returnTo(), new CodeVerifier(verifier)))
            .build();
    HTTPRequest request = order.toHTTPRequest();
    Map<String, String> headers = new LinkedHashMap<>();
    request.getHeaderMap().forEach((name, values) -> headers.put(name, values.getFirst()));
    headers.put("Accept", "application/json");
    try {
      Http.Reply reply =
          http.post(
              request.getURI(),
              headers,
              String.valueOf(request.getBody()).getBytes(StandardCharsets.UTF_8));
      if (reply.status() >= 500) {
        throw unavailable("token: status " + reply.status());
      }
      HTTPResponse response = new HTTPResponse(reply.status());
      response.setEntityContentType(ContentType.APPLICATION_JSON);
      response.setBody(new String(reply.body().bytes(), StandardCharsets.UTF_8));
      TokenResponse answer = OIDCTokenResponseParser.parse(response);
      if (!(answer instanceof OIDCTokenResponse given)) {
        throw new NotSignedOn(
            NotSignedOn.Why.DENIED, "the code is not taken: status " + reply.status());
      }
      return given.getOIDCTokens().getIDToken();
    } catch (Http.NoAnswer e) {
      throw unavailable("token: " + e.getMessage());
    } catch (ParseException e) {
      throw unavailable("token: its answer can't be read");
    }
  }

  static NotSignedOn unavailable(String detail) {
    return new NotSignedOn(NotSignedOn.Why.UNAVAILABLE, detail);
  }

  @Override
  public void close() {
    http.close();
  }
}
