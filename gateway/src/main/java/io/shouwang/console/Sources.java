package io.shouwang.console;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.shouwang.accounts.Accounts;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.CareBook;
import io.shouwang.figures.Books;
import io.shouwang.host.Clock;
import io.shouwang.intake.Credentials;
import io.shouwang.intake.Intake;
import io.shouwang.levels.Cap;
import io.shouwang.model.Directory;
import io.shouwang.model.Finder;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Dialer;
import io.shouwang.registry.Office;
import io.shouwang.rules.ProtectionBook;
import io.shouwang.signon.SignOn;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the console shows from, and hands on to; all of it somebody else's to close.
 *
 * @param figures the latest readings, what nobody could read, and the load
 * @param directory the registry's generation in force
 * @param finder searches that generation
 * @param credentials of devices and responders
 * @param operators programs that operate the gateway, by their tokens
 * @param accounts of people who log in
 * @param signOn a city's single sign-on; null if there is none
 * @param office where the registry is edited
 * @param links reads the tokens of one-tap links
 * @param callbacks finds the provider that calls back under a name
 * @param dialers the telephone exchanges
 * @param cap writes alerts as CAP
 * @param policy rules and ladders
 * @param zone the civil time that people read
 */
public record Sources(
    AlertBook book,
    CareBook care,
    ProtectionBook protection,
    Books figures,
    Intake intake,
    Supplier<Directory> directory,
    Supplier<Finder> finder,
    Credentials credentials,
    Operators operators,
    Accounts accounts,
    @Nullable SignOn signOn,
    Office office,
    AnswerLinks links,
    Function<String, Optional<Callback>> callbacks,
    Supplier<List<Dialer>> dialers,
    Cap cap,
    PrometheusMeterRegistry meters,
    Health health,
    PolicyDesk policy,
    Clock clock,
    ZoneId zone) {}
