package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.model.OperatorRole;
import io.shouwang.signon.SignOn;
import io.shouwang.signon.SignOnSettings;
import io.shouwang.signon.TestSignOn;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import okhttp3.Headers;
import okhttp3.mockwebserver.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Single sign-on by a provider that isn't ours, over real HTTP, and what may be tried against it.
 */
class SignOnTest {
  private static final String CLIENT = "shouwang";
  private static final String SECRET = "a secret of at least thirty-two bytes";
  private static final String ISSUER = "city";

  /** It tells by the machine's clock how long a token lasts still: long enough on any day. */
  private static final long LASTING_SECONDS = 1_000_000_000L;

  private static final String COOKIE = "shouwang-sign-on";
  private static final URI RETURN = URI.create("http://127.0.0.1:1/api/v1/oidc/return");

  @TempDir Path data;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Queue<OAuth2HttpResponse> prepared = new ConcurrentLinkedQueue<>();
  private MockOAuth2Server provider;
  private Site site;
  private Seated root;

  @BeforeEach
  void open() throws Exception {
    provider =
        new MockOAuth2Server(
            new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(this::now)),
            new Prepared());
    provider.start(InetAddress.getLoopbackAddress(), 0);
    open(settings(true, null, null));
  }

  private void open(SignOnSettings settings) throws Exception {
    site =
        new Site(
            clock -> TestAccounts.in(data, clock),
            clock -> TestSignOn.within(settings, clock, Duration.ofSeconds(20)));
    now.set(site.engine.now());
    root = new Seated(site);
    Path token = data.resolve("setup-token");
    if (Files.exists(token)) {
      Site.Reply made =
          root.post(
              "/api/v1/setup",
              Seated.json()
                  .put("token", Files.readString(token).strip())
                  .put("user", "root")
                  .put("name", "张主任")
                  .put("password", Seated.PASSWORD)
                  .put("area", "city"));
      assertEquals(201, made.status(), made.response().body());
    }
    assertEquals(200, root.login("root", Seated.PASSWORD).status());
  }

  @AfterEach
  void close() {
    site.close();
    provider.shutdown();
  }

  private Instant now() {
    return Objects.requireNonNull(now.get());
  }

  private SignOnSettings settings(
      boolean accountFirst,
      SignOnSettings.@Nullable RoleClaim roles,
      SignOnSettings.@Nullable AreaClaim area) {
    return new SignOnSettings(
        provider.issuerUrl(ISSUER).uri(),
        CLIENT,
        SECRET,
        false,
        RETURN,
        new SignOnSettings.Title("政务统一认证", "City sign-on"),
        List.of("openid", "profile"),
        new SignOnSettings.Claims("preferred_username", "name", roles, area),
        accountFirst,
        false,
        Duration.ofSeconds(60),
        Set.of());
  }

  /** A browser that follows what it is told by hand; keeps the two cookies. */
  private final class Browser {
    final Seated seated = new Seated(site);
    @Nullable String ticket;
    String state = "";
    String nonce = "";
    String code = "";

    /** Goes to the provider; what it asked for there. */
    Map<String, String> begin(String query) throws Exception {
      HttpRequest.Builder request = seated.request("/api/v1/oidc/begin" + query);
      Site.Reply reply = site.send(request.header("Sec-Fetch-Site", "same-origin"));
      assertEquals(303, reply.status(), reply.response().body());
      String cookie = reply.header("Set-Cookie");
      assertTrue(cookie.startsWith(COOKIE + "="), cookie);
      assertTrue(cookie.contains("HttpOnly; SameSite=Lax"), cookie);
      ticket = cookie.substring(COOKIE.length() + 1, cookie.indexOf(';'));
      URI there = URI.create(reply.header("Location"));
      Map<String, String> asked = query(there);
      state = String.valueOf(asked.get("state"));
      nonce = String.valueOf(asked.get("nonce"));
      HttpResponse<String> back =
          site.client()
              .send(HttpRequest.newBuilder(there).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(302, back.statusCode(), back.body());
      Map<String, String> brought =
          query(URI.create(back.headers().firstValue("Location").orElseThrow()));
      assertEquals(state, brought.get("state"));
      code = String.valueOf(brought.get("code"));
      return asked;
    }

    /** Comes back; where it is sent on to. */
    String comeBack() throws Exception {
      return comeBack("?code=" + code + "&state=" + state);
    }

    String comeBack(String query) throws Exception {
      HttpRequest.Builder request =
          site.request("/api/v1/oidc/return" + query, null)
              .header("Sec-Fetch-Site", "cross-site")
              .header("Accept", "text/html,*/*");
      if (ticket != null) {
        request.header("Cookie", COOKIE + "=" + ticket);
      }
      Site.Reply reply = site.send(request);
      assertEquals(303, reply.status(), reply.response().body());
      for (String cookie : reply.response().headers().allValues("Set-Cookie")) {
        if (cookie.startsWith("shouwang=")) {
          assertTrue(cookie.contains("HttpOnly; SameSite=Strict"), cookie);
          seated.cookie = cookie.substring("shouwang=".length(), cookie.indexOf(';'));
        }
      }
      return reply.header("Location");
    }
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : uri.getRawQuery().split("&", -1)) {
      String[] both = pair.split("=", 2);
      query.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private void vouch(String subject, Map<String, ?> claims) {
    provider.enqueueCallback(
        new DefaultOAuth2TokenCallback(
            ISSUER, subject, "JWT", List.of(CLIENT), new HashMap<>(claims), LASTING_SECONDS));
  }

  private String notes() throws Exception {
    Seated auditor = new Seated(site);
    if (auditor.login("au", Seated.PASSWORD).status() != 200) {
      auditor = root.make("au", "city", "auditor");
    }
    StringBuilder notes = new StringBuilder();
    for (JsonNode entry : auditor.get("/api/v1/audit?limit=500").json().get("entries")) {
      if (entry.get("what").asText().equals("login")) {
        notes
            .append(entry.get("who").asText())
            .append(' ')
            .append(entry.get("result").asText())
            .append(' ')
            .append(entry.path("note").asText())
            .append('\n');
      }
    }
    return notes.toString();
  }

  @Test
  void whomTheCityVouchesForSitsAtANewSeatEachTime() throws Exception {
    JsonNode offer = site.get("/api/v1/sign-on", null).json();
    assertTrue(offer.get("offered").asBoolean());
    assertEquals("政务统一认证", offer.get("title").get("zh").asText());
    Seated li = root.make("li", "east", "dispatcher");
    Browser browser = new Browser();
    browser.seated.cookie = "planted-by-somebody-else-000000000000000000";
    Map<String, String> asked = browser.begin("");
    assertEquals("S256", asked.get("code_challenge_method"));
    assertEquals(RETURN.toString(), asked.get("redirect_uri"));
    assertEquals("code", asked.get("response_type"));
    vouch("sub-1", Map.of("preferred_username", "li", "name", "李四"));
    assertEquals("/", browser.comeBack());
    RecordedRequest exchange = lastTokenRequest();
    assertTrue(String.valueOf(exchange.getHeader("Authorization")).startsWith("Basic "));
    assertTrue(exchange.getBody().readUtf8().contains("code_verifier="));
    JsonNode session = browser.seated.get("/api/v1/session").json();
    assertEquals("li", session.get("user").asText());
    assertTrue(session.get("signed_on").asBoolean());
    assertEquals("dispatcher", session.get("roles").get(0).asText());
    String first = browser.seated.cookie;
    assertEquals("/?signon=expired", browser.comeBack(), "a code and a state are good once");

    browser.begin("");
    vouch("sub-1", Map.of("preferred_username", "renamed"));
    assertEquals("/", browser.comeBack(), "the account follows the subject, not the name");
    assertNotEquals(first, browser.seated.cookie);
    Seated before = new Seated(site);
    before.cookie = first;
    assertEquals(
        401, before.get("/api/v1/session").status(), "the browser's seat before has ended");
    assertEquals(200, li.get("/api/v1/session").status(), "another browser's has not");

    Browser other = new Browser();
    other.begin("");
    vouch("sub-2", Map.of("preferred_username", "li"));
    assertEquals("/?signon=no_account", other.comeBack(), "a name given to somebody else there");
    other.begin("");
    vouch("sub-3", Map.of("preferred_username", "root"));
    assertEquals("/?signon=no_account", other.comeBack(), "administrators come by password");
    other.begin("");
    vouch("sub-4", Map.of("preferred_username", "nobody-here"));
    assertEquals("/?signon=no_account", other.comeBack());
    other.begin("");
    vouch("sub-5", Map.of("preferred_username", "bad name", "name", "x"));
    assertEquals("/?signon=no_account", other.comeBack());
    String notes = notes();
    assertTrue(notes.contains("user:li done single sign-on"), notes);
    assertTrue(notes.contains("user:li refused the account is another subject's"), notes);
    assertFalse(notes.contains("nobody-here"), notes);
  }

  private RecordedRequest lastTokenRequest() throws Exception {
    while (true) {
      RecordedRequest request = provider.takeRequest(20, TimeUnit.SECONDS);
      if (String.valueOf(request.getPath()).endsWith("/token")) {
        return request;
      }
    }
  }

  @Test
  void aLockedSeatIsUnlockedByWhoSitsThereAlone() throws Exception {
    root.make("li", "east", "dispatcher");
    Browser browser = new Browser();
    browser.begin("");
    vouch("sub-1", Map.of("preferred_username", "li"));
    assertEquals("/", browser.comeBack());
    site.press("sos-1");
    site.engine.setNow(site.engine.now().plus(Duration.ofMinutes(31)).toString());
    now.set(site.engine.now());
    assertTrue(browser.seated.get("/api/v1/session").json().get("locked").asBoolean());
    String cookie = browser.seated.cookie;

    Map<String, String> asked = browser.begin("?again=true");
    assertEquals("0", asked.get("max_age"));
    vouch("sub-1", Map.of("preferred_username", "li"));
    assertEquals("/?signon=refused", browser.comeBack(), "nobody typed anything there");
    browser.begin("?again=true");
    vouch("sub-1", Map.of("auth_time", now().getEpochSecond(), "preferred_username", "li"));
    assertEquals("/?signon=again", browser.comeBack());
    assertEquals(cookie, browser.seated.cookie, "the seat stays");
    assertFalse(browser.seated.get("/api/v1/session").json().get("locked").asBoolean());
  }

  @Test
  void whatTheProviderSaysOfRightsHoldsAndNothingElse() throws Exception {
    site.close();
    open(
        settings(
            false,
            new SignOnSettings.RoleClaim("groups", Map.of("duty", OperatorRole.DISPATCHER)),
            new SignOnSettings.AreaClaim("dept", Map.of("0512", "east"))));
    Browser browser = new Browser();
    browser.begin("");
    vouch(
        "sub-9",
        Map.of("preferred_username", "wu", "groups", List.of("duty", "golf"), "dept", "0512"));
    assertEquals("/", browser.comeBack());
    JsonNode session = browser.seated.get("/api/v1/session").json();
    assertEquals("[\"dispatcher\"]", session.get("roles").toString());
    assertEquals("east", session.get("area").asText());
    browser.begin("");
    vouch("sub-9", Map.of("preferred_username", "wu", "groups", List.of("golf"), "dept", "0512"));
    assertEquals("/?signon=no_account", browser.comeBack(), "no role, no seat");
    browser.begin("");
    vouch("sub-9", Map.of("preferred_username", "wu", "groups", "duty", "dept", "nowhere"));
    assertEquals("/?signon=no_account", browser.comeBack());
    browser.begin("");
    vouch("sub-8", Map.of("preferred_username", "desk", "groups", "duty", "dept", "0512"));
    assertEquals("/?signon=no_account", browser.comeBack(), "a responder's name");
  }

  private String issuer() {
    return provider.issuerUrl(ISSUER).toString();
  }

  private JWTClaimsSet.Builder claims(Browser browser) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience(CLIENT)
        .subject("sub-1")
        .claim("preferred_username", "li")
        .claim("nonce", browser.nonce)
        .issueTime(Date.from(now()))
        .expirationTime(Date.from(now().plusSeconds(300)));
  }

  private RSAKey key() {
    return provider
        .getConfig()
        .getTokenProvider()
        .publicJwkSet(ISSUER)
        .getKeys()
        .getFirst()
        .toRSAKey();
  }

  private String byTheProvider(JWTClaimsSet claims) {
    return provider
        .getConfig()
        .getTokenProvider()
        .jwt(claims.getClaims(), Duration.ofMinutes(5), ISSUER)
        .serialize();
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws Exception {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  /** The next time a token or keys are asked for, they are answered so. */
  private void next(int status, String header, String value, String body) {
    prepared.add(new OAuth2HttpResponse(Headers.of(header, value), status, body, null));
  }

  private void next(String body) {
    next(200, "Content-Type", "application/json", body);
  }

  /** Answers in the provider's place what was prepared. */
  private final class Prepared implements Route {
    @Override
    public boolean match(OAuth2HttpRequest request) {
      String path = request.getUrl().encodedPath();
      return !prepared.isEmpty() && (path.endsWith("/token") || path.endsWith("/jwks"));
    }

    @Override
    public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
      return prepared.remove();
    }
  }

  private void answers(String idToken) {
    next("{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken + "\"}");
  }

  private interface Forgery {
    String of(Browser browser) throws Exception;
  }

  @Test
  void noForgedTokenOpensAnything() throws Exception {
    root.make("li", "east", "dispatcher");
    RSAKey strange = new RSAKeyGenerator(2048).keyID("strange").generate();
    Map<String, Forgery> forgeries = new LinkedHashMap<>();
    forgeries.put("the right one", b -> byTheProvider(claims(b).build()));
    forgeries.put("another nonce", b -> byTheProvider(claims(b).claim("nonce", "n").build()));
    forgeries.put("no nonce", b -> byTheProvider(claims(b).claim("nonce", null).build()));
    forgeries.put("another issuer", b -> byTheProvider(claims(b).issuer(issuer() + "x").build()));
    forgeries.put("another audience", b -> byTheProvider(claims(b).audience("x").build()));
    forgeries.put(
        "one of two audiences",
        b -> byTheProvider(claims(b).audience(List.of(CLIENT, "x")).build()));
    forgeries.put("for another party", b -> byTheProvider(claims(b).claim("azp", "x").build()));
    forgeries.put(
        "issued in the future",
        b -> byTheProvider(claims(b).issueTime(Date.from(now().plusSeconds(61))).build()));
    forgeries.put(
        "expired",
        b -> byTheProvider(claims(b).expirationTime(Date.from(now().minusSeconds(61))).build()));
    forgeries.put(
        "not yet",
        b -> byTheProvider(claims(b).notBeforeTime(Date.from(now().plusSeconds(61))).build()));
    forgeries.put("no signature", b -> new PlainJWT(claims(b).build()).serialize());
    forgeries.put(
        "HS256 with the public key",
        b ->
            signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key().getKeyID()).build(),
                claims(b).build(),
                new MACSigner(key().toRSAPublicKey().getEncoded())));
    forgeries.put(
        "HS256 with the client's secret",
        b ->
            signed(
                new JWSHeader(JWSAlgorithm.HS256),
                claims(b).build(),
                new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8))));
    forgeries.put(
        "a strange key that is brought along",
        b ->
            signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key().getKeyID())
                    .jwk(strange.toPublicJWK())
                    .build(),
                claims(b).build(),
                new RSASSASigner(strange)));
    forgeries.put(
        "an unknown key",
        b ->
            signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("strange").build(),
                claims(b).build(),
                new RSASSASigner(strange)));
    forgeries.put("no token", _ -> "x.y.z");
    for (Map.Entry<String, Forgery> forgery : forgeries.entrySet()) {
      Browser browser = new Browser();
      browser.begin("");
      answers(forgery.getValue().of(browser));
      boolean isRight = forgery.getKey().equals("the right one");
      String end = browser.comeBack();
      if (isRight) {
        assertEquals("/", end);
      } else {
        assertTrue(
            Set.of("/?signon=refused", "/?signon=unavailable").contains(end),
            forgery.getKey() + ": " + end);
        assertEquals(null, browser.seated.cookie, forgery.getKey());
      }
    }
    String notes = notes();
    for (String why :
        List.of("nonce", "iss claim", "aud", "azp", "future", "Expired", "before use")) {
      assertTrue(notes.contains(why), why + " in " + notes);
    }
  }

  @Test
  void aProviderThatChangesItsKeysIsFollowed() throws Exception {
    root.make("li", "east", "dispatcher");
    Browser browser = new Browser();
    browser.begin("");
    vouch("sub-1", Map.of("preferred_username", "li"));
    assertEquals("/", browser.comeBack());
    RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
    browser.begin("");
    answers(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("next").build(),
            claims(browser).build(),
            new RSASSASigner(next)));
    next(new JWKSet(next.toPublicJWK()).toString());
    assertEquals("/", browser.comeBack());
  }

  @Test
  void nobodyIsLoggedInAsSomebodyElseAndNothingGoesElsewhere() throws Exception {
    root.make("li", "east", "dispatcher");
    Browser victim = new Browser();
    Browser attacker = new Browser();
    attacker.begin("");
    assertEquals(
        "/?signon=expired",
        victim.comeBack("?code=" + attacker.code + "&state=" + attacker.state),
        "an attacker's sign-on ends in no other browser");
    victim.begin("");
    assertEquals(
        "/?signon=expired", victim.comeBack("?code=" + attacker.code + "&state=" + attacker.state));
    assertEquals("/?signon=expired", victim.comeBack("?code=x"));
    victim.begin("");
    assertEquals(
        "/?signon=expired",
        victim.comeBack(
            "?code=" + victim.code + "&state=" + victim.state + "&iss=https://other.example"));
    victim.begin("");
    assertEquals("/?signon=refused", victim.comeBack("?error=access_denied&state=" + victim.state));
    victim.begin("");
    victim.ticket = victim.ticket + "A";
    assertEquals("/?signon=expired", victim.comeBack());
    victim.begin("");
    site.engine.setNow(site.engine.now().plus(Duration.ofMinutes(11)).toString());
    assertEquals("/?signon=expired", victim.comeBack(), "nobody needs so long");
    victim.begin("");
    next(302, "Location", issuer() + "/jwks", "");
    assertEquals("/?signon=refused", victim.comeBack(), "no redirect is followed");
    victim.begin("");
    next("x".repeat(300_000));
    assertEquals("/?signon=unavailable", victim.comeBack(), "no answer is read for ever");

    Site.Reply foreign =
        site.send(site.request("/api/v1/oidc/begin", null).header("Sec-Fetch-Site", "cross-site"));
    assertEquals(403, foreign.status());
    Site.Reply program = site.get("/api/v1/oidc/return?code=x&state=y", null);
    assertEquals(403, program.status());
    assertEquals("urn:shouwang:problem:sign-on-expired", program.json().get("type").asText());
  }

  @Test
  void aProviderThatIsDownShutsOutNobodyWhoHasAPassword() throws Exception {
    site.close();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      SignOnSettings known = settings(true, null, null);
      SignOnSettings settings =
          new SignOnSettings(
              URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/city"),
              known.client(),
              known.secret(),
              true,
              known.returnTo(),
              known.title(),
              known.scopes(),
              known.claims(),
              true,
              false,
              known.skew(),
              known.methods());
      site =
          new Site(
              clock -> TestAccounts.in(data, clock),
              clock -> TestSignOn.within(settings, clock, Duration.ofMillis(200)));
      Site.Reply reply =
          site.send(site.request("/api/v1/oidc/begin", null).header("Accept", "text/html"));
      assertEquals("/?signon=unavailable", reply.header("Location"));
      Site.Reply again = site.get("/api/v1/oidc/begin", null);
      assertEquals(503, again.status());
      assertEquals("5", again.header("Retry-After"));
      assertEquals(200, new Seated(site).login("root", Seated.PASSWORD).status());
    }
  }

  @Test
  void withoutAProviderThereIsNone() throws Exception {
    site.close();
    site = new Site(clock -> TestAccounts.in(data, clock), _ -> (SignOn) null);
    assertFalse(site.get("/api/v1/sign-on", null).json().get("offered").asBoolean());
    assertEquals(404, site.get("/api/v1/oidc/begin", null).status());
  }
}
