package io.shouwang.config;

import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Rung;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.Directory.Home;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.ElderId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.ChannelPlans;
import io.shouwang.registry.Registry;
import io.shouwang.registry.WaysFile;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.Resemblance;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether people can be reached as {@code ways.csv} says: by channels that are set up, at addresses
 * that proved to be theirs. Says so in warnings: nobody is less reachable for it than before.
 */
public final class WaysCheck {
  private static final int LINES_MAX = 20;
  private static final int EXAMPLES_MAX = 3;

  private final ChannelPlans channels;
  private final Policy policy;
  private final Registry registry;

  public WaysCheck(ChannelPlans channels, Policy policy, Registry registry) {
    this.channels = channels;
    this.policy = policy;
    this.registry = registry;
  }

  /**
   * Those on whom a ladder counts by role, though none of their ways is verified. The elders
   * themselves are left out: they are called by their own telephone.
   */
  public Map<Role, Set<ResponderId>> unverified() {
    Set<Role> roles = new HashSet<>(Set.of(Role.DUTY_DESK));
    List<Ladder> ladders = new ArrayList<>(policy.ladders().byKind().values());
    policy.ladders().specials().forEach(special -> ladders.add(special.ladder()));
    ladders.add(policy.ladders().other());
    ladders.stream()
        .map(Ladder::rungs)
        .flatMap(List::stream)
        .map(Rung::roles)
        .forEach(roles::addAll);
    roles.remove(Role.ELDER);
    Map<Role, Set<ResponderId>> found = new TreeMap<>(Comparator.comparing(Role::value));
    registry.eachHome(id -> {
      Home home = registry.home(id);
      if (home != null) {
        Set<ElderId> elders = new HashSet<>(home.elders());
        for (Role role : roles) {
          List<Contact> contacts =
              role.equals(Role.DUTY_DESK)
                  ? registry.desks(id).stream().flatMap(List::stream).toList()
                  : registry.contacts(id, elders, role);
          for (Contact contact : contacts) {
            if (registry.ways(contact.responder()).stream().noneMatch(Way::verified)) {
              found
                  .computeIfAbsent(
                      role, _ -> new TreeSet<>(Comparator.comparing(ResponderId::value)))
                  .add(contact.responder());
            }
          }
        }
      }
    });
    return found;
  }

  /** Prints a warning for each thing that is amiss, never more than a screen. */
  void run(WaysFile ways, PrintWriter out) {
    List<String> warnings = new ArrayList<>();
    Set<String> known =
        channels.channels().stream().map(ChannelPlan::name).collect(Collectors.toSet());
    Set<String> used = new HashSet<>();
    for (WaysFile.Row row : ways.rows()) {
      used.add(row.channel());
      if (!row.channel().equals(Way.MQTT.channel()) && !known.contains(row.channel())) {
        warnings.add(
            "registry/ways.csv:"
                + row.line()
                + " channel "
                + Escaped.quoted(row.channel())
                + " is not set up in channels.yaml, so this way is passed over; "
                + Resemblance.hint(row.channel(), known));
      }
    }
    known.stream()
        .filter(name -> !used.contains(name))
        .sorted()
        .forEach(name ->
            warnings.add(
                "channels.yaml sets up "
                    + name
                    + ", and nobody is reached by it; name it in registry/ways.csv"));
    unverified()
        .forEach((role, people) -> {
          String examples =
              people.stream()
                  .limit(EXAMPLES_MAX)
                  .map(ResponderId::value)
                  .collect(Collectors.joining(", "));
          warnings.add(
              "none of their ways is verified for "
                  + people.size()
                  + " who are rung as "
                  + role.value()
                  + " ("
                  + examples
                  + (people.size() > EXAMPLES_MAX ? ", …)" : ")")
                  + "; ladders ring them and count on others: gateway verify-contact --list");
        });
    warnings.stream().limit(LINES_MAX).forEach(warning -> out.println("warning: " + warning));
    if (warnings.size() > LINES_MAX) {
      out.println("warning: and " + (warnings.size() - LINES_MAX) + " more about ways.csv");
    }
  }
}
