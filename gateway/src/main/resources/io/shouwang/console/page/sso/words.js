// What the login page says of the city's single sign-on.
export const zh = {
  'sso.by': '使用{title}登录',
  'sso.again': '通过{title}重新验证',
  'sso.expired': '统一认证已超时或不是从本页发起，请重新登录。',
  'sso.refused': '统一认证未通过，请重试或使用用户名和密码登录。',
  'sso.no_account': '认证成功，但本系统没有您的账号，请联系管理员开通。',
  'sso.unavailable': '统一认证暂时无法访问，请使用用户名和密码登录。',
};

export const en = {
  'sso.by': 'Log in by {title}',
  'sso.again': 'Confirm by {title}',
  'sso.expired': 'The sign-on took too long, or was not begun here. Please begin again.',
  'sso.refused': 'The sign-on was refused. Try again, or log in with name and password.',
  'sso.no_account': 'The sign-on succeeded, but you have no account here. Ask an administrator for one.',
  'sso.unavailable': 'The sign-on does not answer. Log in with name and password.',
};
