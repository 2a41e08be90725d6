/** Aliyun (阿里云): short messages, calls that announce, calls that take a key. */
@NullMarked
package io.shouwang.notify.aliyun;

import org.jspecify.annotations.NullMarked;
