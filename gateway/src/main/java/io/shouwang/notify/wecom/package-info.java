/** WeCom (企业微信): the group robot, and an app's cards with buttons that answer. */
@NullMarked
package io.shouwang.notify.wecom;

import org.jspecify.annotations.NullMarked;
