/** Tencent Cloud (腾讯云): short messages. */
@NullMarked
package io.shouwang.notify.tencent;

import org.jspecify.annotations.NullMarked;
