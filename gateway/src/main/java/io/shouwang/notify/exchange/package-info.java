/** The hotline's telephone exchange by HTTP, in a format that a small adapter of any can speak. */
@NullMarked
package io.shouwang.notify.exchange;

import org.jspecify.annotations.NullMarked;
