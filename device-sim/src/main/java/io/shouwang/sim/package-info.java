/** Devices and responders as a vendor would build them, written against the published contract. */
@NullMarked
package io.shouwang.sim;

import org.jspecify.annotations.NullMarked;
