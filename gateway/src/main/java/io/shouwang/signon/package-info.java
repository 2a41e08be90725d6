/**
 * A city's single sign-on by OpenID Connect: sends a browser to the provider, and finds out whom
 * the provider vouches for. Knows no accounts; whoever is down here shuts out nobody who has a
 * password.
 */
@NullMarked
package io.shouwang.signon;

import org.jspecify.annotations.NullMarked;
