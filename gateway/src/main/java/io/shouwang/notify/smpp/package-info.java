/** SMPP 3.4 towards an operator's short message centre, as its ESME. */
@NullMarked
package io.shouwang.notify.smpp;

import org.jspecify.annotations.NullMarked;
