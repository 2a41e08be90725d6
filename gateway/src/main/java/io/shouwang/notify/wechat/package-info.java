/** WeChat (微信): templates of a service account, to those who follow it. */
@NullMarked
package io.shouwang.notify.wechat;

import org.jspecify.annotations.NullMarked;
