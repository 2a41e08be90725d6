/**
 * What the gateway asks of the machine it runs on, as interfaces: disk and clock. Each has a real
 * form here and a simulated twin in the tests.
 */
@NullMarked
package io.shouwang.host;

import org.jspecify.annotations.NullMarked;
