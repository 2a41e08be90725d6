/**
 * What the cloud providers of short messages and calls share: numbers, approved templates, signed
 * requests, pushed batches.
 */
@NullMarked
package io.shouwang.notify.cloud;

import org.jspecify.annotations.NullMarked;
