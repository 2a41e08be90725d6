/** Feishu (飞书): the group robot. */
@NullMarked
package io.shouwang.notify.feishu;

import org.jspecify.annotations.NullMarked;
