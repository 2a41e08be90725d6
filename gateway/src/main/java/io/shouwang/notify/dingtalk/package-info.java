/** DingTalk (钉钉): the group robot. */
@NullMarked
package io.shouwang.notify.dingtalk;

import org.jspecify.annotations.NullMarked;
