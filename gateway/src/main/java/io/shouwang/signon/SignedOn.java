package io.shouwang.signon;

import io.shouwang.model.OperatorRole;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a provider vouches for, checked.
 *
 * @param subject the provider's own name for them, which never changes
 * @param person the login name
 * @param name empty when not said
 * @param roles null if roles are given here alone; else what the provider says, perhaps none
 * @param area null if areas are given here alone, or none that was said is known
 * @param seat the seat that is to be unlocked or ended, as it was given at the beginning; may be
 *     empty
 * @param again whether that seat is to be unlocked
 */
public record SignedOn(
    String issuer,
    String subject,
    String person,
    String name,
    @Nullable Set<OperatorRole> roles,
    @Nullable String area,
    String seat,
    boolean again) {
  @Override
  public String toString() {
    return "SignedOn[]"; // a person's name is nothing for a log
  }
}
