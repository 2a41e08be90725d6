/**
 * What all channels share that go through somebody else's service: a message made ready, the
 * provider's verdict, what comes back later. Each provider is a package of its own beside this one.
 */
@NullMarked
package io.shouwang.notify.provider;

import org.jspecify.annotations.NullMarked;
