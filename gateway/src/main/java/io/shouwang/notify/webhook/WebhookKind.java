package io.shouwang.notify.webhook;

import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** {@code type: webhook}: a service organization's own system. */
public final class WebhookKind implements ProviderKind {
  private static final int NETWORKS_MAX = 20;

  @Override
  public String word() {
    return "webhook";
  }

  /** The address is checked and connected to: a proxy would look it up once more. */
  @Override
  public boolean takesProxy() {
    return false;
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    boolean plain = section.flag("allow_plain", false);
    URI url = url(section, plain);
    Duration limit =
        section.duration(
            "answer_within", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(30));
    Optional<WebhookSignature> signature =
        secrets.secret(section, "secrets_file").flatMap(WebhookSignature::of);
    if (signature.isEmpty() && section.problemCount() == before) {
      section.reportAt(
          "secrets_file",
          "the file behind " + section.named("secrets_file") + " holds no secrets",
          "write one a line: whsec_ and the base64 of 24 to 64 bytes (openssl rand -base64 32)");
    }
    Destination destination = new Destination(networks(section));
    if (signature.isEmpty() || section.problemCount() > before) {
      return null;
    }
    return surroundings ->
        new Webhook(
            surroundings,
            signature.get(),
            url,
            destination,
            limit,
            plain,
            new SafePost((SSLSocketFactory) SSLSocketFactory.getDefault()));
  }

  private static @Nullable URI url(YamlSection section, boolean plain) {
    Optional<YamlSection.Placed> word = section.word("url");
    if (word.isEmpty()) {
      return null; // each responder's own, in ways.csv
    }
    try {
      URI uri = URI.create(word.get().text());
      boolean scheme = "https".equals(uri.getScheme()) || (plain && "http".equals(uri.getScheme()));
      if (scheme && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one answer for every wrong address
    }
    section.report(
        word.get().mark(),
        section.named("url") + " is " + Escaped.quoted(word.get().text()),
        "write https:// and the rest; plain http only with allow_plain: true");
    return null;
  }

  private static List<Destination.Network> networks(YamlSection section) {
    List<Destination.Network> networks = new ArrayList<>();
    List<YamlSection.Placed> words = section.words("allow_internal");
    for (YamlSection.Placed word : words) {
      Optional<Destination.Network> network = Destination.Network.parse(word.text());
      if (network.isEmpty() || words.size() > NETWORKS_MAX) {
        section.report(
            word.mark(),
            section.named("allow_internal") + " names " + Escaped.quoted(word.text()),
            "write at most " + NETWORKS_MAX + " networks like 10.1.2.0/24");
      } else {
        networks.add(network.get());
      }
    }
    return networks;
  }
}
